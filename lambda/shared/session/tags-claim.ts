/**
 * The claim of an ID token that AWS STS turns into tags of the session (IAM User Guide, "Pass session tags in AWS STS", section "Passing session tags using
 * AssumeRoleWithWebIdentity").
 */
export const tagsClaim = 'https://aws.amazon.com/tags'
