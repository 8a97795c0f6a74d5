/** A known way to gain more rights. */
export interface EscalationPath {
  /** What is gained or made, as an object of a sentence: "gains more rights by a function that is invoked". */
  readonly name: string
  /** All of them are needed. */
  readonly actions: readonly string[]
  /** Services to which `iam:PassRole` of the path gives a role, as `iam:PassedToService` has them; only for paths with it. */
  readonly passedTo?: readonly string[]
  /** Whether it suffices to do it to oneself, as a user: `user/${aws:username}`. */
  readonly self?: boolean
  /** Only these types of resource tell who is gained; all that the actions take by default. */
  readonly types?: readonly string[]
}

/**
 * Known ways to gain more rights than a policy grants: to change what a principal may do, to become another, to pass a role to a service
 * that runs code, or to run code where a role already is.
 *
 * Each is minimal, without actions that only help to find names. What each action does, and which of them need `iam:PassRole`, is told by
 * the pages of the services in the Service Authorization Reference; `iam:PassRole` by "Grant a user permissions to pass a role to an AWS
 * service" of the IAM User Guide.
 */
export const escalationPaths: readonly EscalationPath[] = [
  { name: 'a new version of a policy', actions: ['iam:CreatePolicyVersion'] },
  { name: 'an older version of a policy', actions: ['iam:SetDefaultPolicyVersion'] },
  { name: 'an access key of another user', actions: ['iam:CreateAccessKey'] },
  { name: 'a console password for another user', actions: ['iam:CreateLoginProfile'] },
  { name: 'another console password for a user', actions: ['iam:UpdateLoginProfile'] },
  { name: 'a managed policy attached to a user', actions: ['iam:AttachUserPolicy'], self: true },
  { name: 'a managed policy attached to a group', actions: ['iam:AttachGroupPolicy'] },
  { name: 'a managed policy attached to a role', actions: ['iam:AttachRolePolicy'] },
  { name: 'an inline policy of a user', actions: ['iam:PutUserPolicy'], self: true },
  { name: 'an inline policy of a group', actions: ['iam:PutGroupPolicy'] },
  { name: 'an inline policy of a role', actions: ['iam:PutRolePolicy'] },
  { name: 'membership of a group', actions: ['iam:AddUserToGroup'] },
  { name: 'the trust policy of a role', actions: ['iam:UpdateAssumeRolePolicy'] },
  { name: 'the permissions boundary of a user taken off', actions: ['iam:DeleteUserPermissionsBoundary'], self: true },
  { name: 'another permissions boundary of a user', actions: ['iam:PutUserPermissionsBoundary'], self: true },
  { name: 'the permissions boundary of a role taken off', actions: ['iam:DeleteRolePermissionsBoundary'] },
  { name: 'another permissions boundary of a role', actions: ['iam:PutRolePermissionsBoundary'] },
  { name: 'the metadata of a SAML provider', actions: ['iam:UpdateSAMLProvider'] },
  { name: 'any role that trusts the account', actions: ['sts:AssumeRole'] },
  { name: 'an inline policy of a permission set', actions: ['sso:PutInlinePolicyToPermissionSet', 'sso:ProvisionPermissionSet'] },
  { name: 'a managed policy of a permission set', actions: ['sso:AttachManagedPolicyToPermissionSet', 'sso:ProvisionPermissionSet'] },
  { name: 'an assignment of a permission set', actions: ['sso:CreateAccountAssignment'] },
  { name: 'membership of a group of the identity store', actions: ['identitystore:CreateGroupMembership'] },
  { name: 'membership of a group of the directory', actions: ['sso-directory:AddMemberToGroup'] },
  { name: 'a password of a user of the directory', actions: ['sso-directory:UpdatePassword'] },
  {
    name: 'a function that is invoked',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    passedTo: ['lambda.amazonaws.com'],
  },
  {
    name: 'a function that is invoked asynchronously',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeAsync'],
    passedTo: ['lambda.amazonaws.com'],
  },
  {
    name: 'a function with an event source',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    passedTo: ['lambda.amazonaws.com'],
  },
  {
    name: 'a function that others may invoke',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:AddPermission'],
    passedTo: ['lambda.amazonaws.com'],
  },
  {
    name: 'a function with a URL',
    actions: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateFunctionUrlConfig', 'lambda:InvokeFunctionUrl'],
    passedTo: ['lambda.amazonaws.com'],
  },
  {
    name: 'another role of a function that is invoked',
    actions: ['iam:PassRole', 'lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'],
    passedTo: ['lambda.amazonaws.com'],
  },
  { name: 'the code of a function', actions: ['lambda:UpdateFunctionCode'] },
  { name: 'the layers and environment of a function', actions: ['lambda:UpdateFunctionConfiguration'] },
  { name: 'an instance', actions: ['iam:PassRole', 'ec2:RunInstances'], passedTo: ['ec2.amazonaws.com'] },
  { name: 'a spot instance', actions: ['iam:PassRole', 'ec2:RequestSpotInstances'], passedTo: ['ec2.amazonaws.com'] },
  { name: 'a spot fleet', actions: ['iam:PassRole', 'ec2:RequestSpotFleet'], passedTo: ['ec2.amazonaws.com', 'spotfleet.amazonaws.com'] },
  {
    name: 'a fleet of instances',
    actions: ['iam:PassRole', 'ec2:CreateLaunchTemplate', 'ec2:CreateFleet'],
    passedTo: ['ec2.amazonaws.com'],
  },
  {
    name: 'an instance profile of an instance',
    actions: ['iam:PassRole', 'ec2:AssociateIamInstanceProfile'],
    passedTo: ['ec2.amazonaws.com'],
  },
  {
    name: 'another instance profile of an instance',
    actions: ['iam:PassRole', 'ec2:ReplaceIamInstanceProfileAssociation'],
    passedTo: ['ec2.amazonaws.com'],
  },
  {
    name: 'a group of instances with a launch configuration',
    actions: ['iam:PassRole', 'autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    passedTo: ['ec2.amazonaws.com', 'autoscaling.amazonaws.com'],
  },
  {
    name: 'a group of instances with a launch template',
    actions: ['iam:PassRole', 'ec2:CreateLaunchTemplate', 'autoscaling:CreateAutoScalingGroup'],
    passedTo: ['ec2.amazonaws.com'],
  },
  {
    name: 'the user data of an instance',
    actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
    types: ['instance'],
  },
  { name: 'the default version of a launch template', actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'] },
  { name: 'a key to sign in to an instance', actions: ['ec2-instance-connect:SendSSHPublicKey'] },
  { name: 'a key for the serial console of an instance', actions: ['ec2-instance-connect:SendSerialConsoleSSHPublicKey'] },
  { name: 'a command on an instance', actions: ['ssm:SendCommand'], types: ['instance', 'managed-instance'] },
  { name: 'a session on an instance', actions: ['ssm:StartSession'], types: ['instance', 'managed-instance'] },
  { name: 'a scheduled command on an instance', actions: ['ssm:CreateAssociation'], types: ['instance', 'managed-instance'] },
  { name: 'an automation of Systems Manager', actions: ['iam:PassRole', 'ssm:StartAutomationExecution'], passedTo: ['ssm.amazonaws.com'] },
  {
    name: 'an image that is built on an instance',
    actions: [
      'iam:PassRole',
      'imagebuilder:CreateComponent',
      'imagebuilder:CreateImageRecipe',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:CreateImage',
    ],
    passedTo: ['ec2.amazonaws.com'],
  },
  {
    name: 'a task that is run',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    passedTo: ['ecs-tasks.amazonaws.com'],
  },
  {
    name: 'a task that is started on an instance',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    passedTo: ['ecs-tasks.amazonaws.com'],
  },
  {
    name: 'a task that is kept running by a new service',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    passedTo: ['ecs-tasks.amazonaws.com'],
  },
  {
    name: 'a task that is kept running by a service',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
    passedTo: ['ecs-tasks.amazonaws.com'],
  },
  { name: 'a command in a task', actions: ['ecs:ExecuteCommand'] },
  {
    name: 'a batch job',
    actions: ['iam:PassRole', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
    passedTo: ['ecs-tasks.amazonaws.com'],
  },
  { name: 'an App Runner service', actions: ['iam:PassRole', 'apprunner:CreateService'], passedTo: ['tasks.apprunner.amazonaws.com'] },
  { name: 'the code of an App Runner service', actions: ['apprunner:UpdateService'] },
  {
    name: 'a role for the pods of a cluster',
    actions: ['iam:PassRole', 'eks:CreatePodIdentityAssociation'],
    passedTo: ['pods.eks.amazonaws.com'],
  },
  { name: 'administration of a Kubernetes cluster', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'] },
  { name: 'a stack', actions: ['iam:PassRole', 'cloudformation:CreateStack'], passedTo: ['cloudformation.amazonaws.com'] },
  { name: 'a stack with the role that it has', actions: ['cloudformation:UpdateStack'] },
  { name: 'a change set with the role of its stack', actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'] },
  {
    name: 'a stack set',
    actions: ['iam:PassRole', 'cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    passedTo: ['cloudformation.amazonaws.com'],
  },
  {
    name: 'the template of a stack set',
    actions: ['iam:PassRole', 'cloudformation:UpdateStackSet'],
    passedTo: ['cloudformation.amazonaws.com'],
  },
  {
    name: 'an environment of Elastic Beanstalk',
    actions: ['iam:PassRole', 'elasticbeanstalk:CreateApplication', 'elasticbeanstalk:CreateEnvironment'],
    passedTo: ['ec2.amazonaws.com', 'elasticbeanstalk.amazonaws.com'],
  },
  { name: 'a project of CodeStar', actions: ['iam:PassRole', 'codestar:CreateProject'], passedTo: ['codestar.amazonaws.com'] },
  {
    name: 'a build project',
    actions: ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'],
    passedTo: ['codebuild.amazonaws.com'],
  },
  {
    name: 'a build project with a batch',
    actions: ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuildBatch'],
    passedTo: ['codebuild.amazonaws.com'],
  },
  { name: 'a build with another specification', actions: ['codebuild:StartBuild'] },
  { name: 'a batch build with another specification', actions: ['codebuild:StartBuildBatch'] },
  { name: 'a pipeline with commands', actions: ['iam:PassRole', 'codepipeline:CreatePipeline'], passedTo: ['codepipeline.amazonaws.com'] },
  {
    name: 'an app of Amplify',
    actions: ['iam:PassRole', 'amplify:CreateApp', 'amplify:CreateBranch', 'amplify:StartJob'],
    passedTo: ['amplify.amazonaws.com'],
  },
  { name: 'a development endpoint', actions: ['iam:PassRole', 'glue:CreateDevEndpoint'], passedTo: ['glue.amazonaws.com'] },
  { name: 'the key of a development endpoint', actions: ['glue:UpdateDevEndpoint'] },
  { name: 'a Glue job that is run', actions: ['iam:PassRole', 'glue:CreateJob', 'glue:StartJobRun'], passedTo: ['glue.amazonaws.com'] },
  {
    name: 'a Glue job with a new trigger',
    actions: ['iam:PassRole', 'glue:CreateJob', 'glue:CreateTrigger'],
    passedTo: ['glue.amazonaws.com'],
  },
  {
    name: 'a Glue job with a trigger',
    actions: ['iam:PassRole', 'glue:CreateJob', 'glue:UpdateTrigger'],
    passedTo: ['glue.amazonaws.com'],
  },
  {
    name: 'another role of a Glue job that is run',
    actions: ['iam:PassRole', 'glue:UpdateJob', 'glue:StartJobRun'],
    passedTo: ['glue.amazonaws.com'],
  },
  {
    name: 'another role of a Glue job with a new trigger',
    actions: ['iam:PassRole', 'glue:UpdateJob', 'glue:CreateTrigger'],
    passedTo: ['glue.amazonaws.com'],
  },
  {
    name: 'another role of a Glue job with a trigger',
    actions: ['iam:PassRole', 'glue:UpdateJob', 'glue:UpdateTrigger'],
    passedTo: ['glue.amazonaws.com'],
  },
  {
    name: 'an interactive session of Glue',
    actions: ['iam:PassRole', 'glue:CreateSession', 'glue:RunStatement'],
    passedTo: ['glue.amazonaws.com'],
  },
  {
    name: 'a data pipeline',
    actions: ['iam:PassRole', 'datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
    passedTo: ['datapipeline.amazonaws.com', 'ec2.amazonaws.com', 'elasticmapreduce.amazonaws.com'],
  },
  {
    name: 'a cluster of EMR',
    actions: ['iam:PassRole', 'elasticmapreduce:RunJobFlow'],
    passedTo: ['ec2.amazonaws.com', 'elasticmapreduce.amazonaws.com'],
  },
  { name: 'a step on a cluster of EMR', actions: ['elasticmapreduce:AddJobFlowSteps'] },
  {
    name: 'a job of EMR Serverless',
    actions: ['iam:PassRole', 'emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'],
    passedTo: ['emr-serverless.amazonaws.com'],
  },
  {
    name: 'a streaming application',
    actions: ['iam:PassRole', 'kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'],
    passedTo: ['kinesisanalytics.amazonaws.com'],
  },
  {
    name: 'an environment of Apache Airflow',
    actions: ['iam:PassRole', 'airflow:CreateEnvironment'],
    passedTo: ['airflow.amazonaws.com', 'airflow-env.amazonaws.com'],
  },
  {
    name: 'a workflow of HealthOmics',
    actions: ['iam:PassRole', 'omics:CreateWorkflow', 'omics:StartRun'],
    passedTo: ['omics.amazonaws.com'],
  },
  { name: 'a notebook', actions: ['iam:PassRole', 'sagemaker:CreateNotebookInstance'], passedTo: ['sagemaker.amazonaws.com'] },
  { name: 'a training job', actions: ['iam:PassRole', 'sagemaker:CreateTrainingJob'], passedTo: ['sagemaker.amazonaws.com'] },
  { name: 'a tuning job', actions: ['iam:PassRole', 'sagemaker:CreateHyperParameterTuningJob'], passedTo: ['sagemaker.amazonaws.com'] },
  { name: 'a processing job', actions: ['iam:PassRole', 'sagemaker:CreateProcessingJob'], passedTo: ['sagemaker.amazonaws.com'] },
  {
    name: 'a model behind an endpoint',
    actions: ['iam:PassRole', 'sagemaker:CreateModel', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateEndpoint'],
    passedTo: ['sagemaker.amazonaws.com'],
  },
  {
    name: 'a pipeline of SageMaker',
    actions: ['iam:PassRole', 'sagemaker:CreatePipeline', 'sagemaker:StartPipelineExecution'],
    passedTo: ['sagemaker.amazonaws.com'],
  },
  {
    name: 'a user of SageMaker Studio',
    actions: ['iam:PassRole', 'sagemaker:CreateUserProfile', 'sagemaker:CreatePresignedDomainUrl'],
    passedTo: ['sagemaker.amazonaws.com'],
  },
  { name: 'a link to a notebook', actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'] },
  { name: 'a link to SageMaker Studio', actions: ['sagemaker:CreatePresignedDomainUrl'] },
  {
    name: 'a script that starts with a notebook',
    actions: [
      'sagemaker:CreateNotebookInstanceLifecycleConfig',
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ],
    types: ['notebook-instance', 'notebook-instance-lifecycle-config'],
  },
  {
    name: 'a code interpreter',
    actions: [
      'iam:PassRole',
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:StartCodeInterpreterSession',
      'bedrock-agentcore:InvokeCodeInterpreter',
    ],
    passedTo: ['bedrock-agentcore.amazonaws.com'],
  },
  {
    name: 'a session of a code interpreter',
    actions: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
  },
  {
    name: 'an agent runtime',
    actions: ['iam:PassRole', 'bedrock-agentcore:CreateAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntime'],
    passedTo: ['bedrock-agentcore.amazonaws.com'],
  },
  {
    name: 'another role of an agent runtime',
    actions: ['iam:PassRole', 'bedrock-agentcore:UpdateAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntime'],
    passedTo: ['bedrock-agentcore.amazonaws.com'],
  },
  { name: 'a quantum job', actions: ['iam:PassRole', 'braket:CreateJob'], passedTo: ['braket.amazonaws.com'] },
  {
    name: 'a state machine',
    actions: ['iam:PassRole', 'states:CreateStateMachine', 'states:StartExecution'],
    passedTo: ['states.amazonaws.com'],
  },
  { name: 'the definition of a state machine', actions: ['states:UpdateStateMachine', 'states:StartExecution'] },
  { name: 'a schedule that calls any API', actions: ['iam:PassRole', 'scheduler:CreateSchedule'], passedTo: ['scheduler.amazonaws.com'] },
  {
    name: 'roles for holders of a certificate',
    actions: ['iam:PassRole', 'rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile'],
    passedTo: ['rolesanywhere.amazonaws.com'],
  },
  {
    name: 'roles of an identity pool',
    actions: ['iam:PassRole', 'cognito-identity:SetIdentityPoolRoles'],
    passedTo: ['cognito-identity.amazonaws.com'],
  },
]
