import { CfnResource as CfnApiResource, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway'
import { Construct } from 'constructs'

/** The paths of the API as API Gateway keeps them: a tree of resources, each one part of a path. */
export class Resources extends Construct {
  private readonly api: CfnRestApi
  private readonly made = new Map<string, CfnApiResource>()

  constructor(scope: Construct, id: string, api: CfnRestApi) {
    super(scope, id)
    this.api = api
  }

  /** Id of the resource at a path, `/calls/{call}`; it is made when there is none yet. */
  idOf(path: string): string {
    if (path === '') return this.api.attrRootResourceId
    const known = this.made.get(path)
    if (known !== undefined) return known.ref
    const end = path.lastIndexOf('/')
    const resource = new CfnApiResource(this, idFor(path), {
      restApiId: this.api.ref,
      parentId: this.idOf(path.slice(0, end)),
      pathPart: path.slice(end + 1),
    })
    this.made.set(path, resource)
    return resource.ref
  }
}

/** `/calls/{call}` becomes `calls-call`; no two paths of ours become the same. */
const idFor = (path: string): string => path.replaceAll(/[{}]/g, '').split('/').filter(Boolean).join('-')
