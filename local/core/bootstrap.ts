/** Roles of the CDK bootstrap stack, which does not exist here: whoever acts as one is the deployer. */
const BOOTSTRAP_ROLE = /^cdk-[a-z0-9]{1,10}-(deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-/;

/** Of a role or a session, by its ARN, or by the name itself; a session's own name says nothing. */
const roleNameIn = (role: string): string =>
  role.includes(':assumed-role/') ? role.split('/')[1] : role.slice(role.lastIndexOf('/') + 1);

/** Whether a role, by name or ARN, is one of the bootstrap stack. */
export const isBootstrapRole = (role: string): boolean => BOOTSTRAP_ROLE.test(roleNameIn(role));
