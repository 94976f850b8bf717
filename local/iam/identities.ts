import type { Ask } from '../core/authorizer';
import type { Output, Principal } from '../core/service';
import { awsPolicy, awsPolicyName } from './managed-policies';
import { recordIn, recordsIn, textIn, textsIn } from './needs/need';
import { type Policy, readPolicy } from './policy';
import type { Requester } from './request';

/** A requester with its policies. */
export interface Identity {
  readonly requester: Requester;
  readonly policies: readonly Policy[];
  readonly boundary?: readonly Policy[];
  readonly tags: Readonly<Record<string, string>>;
}

const SESSION = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;
const ROLE = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

const PROFILE = /^arn:[^:]+:iam::(\d{12}):instance-profile\/(?:.*\/)?([^/]+)$/;

/** The name of the role that a principal acts as; undefined when it is none. */
export const roleNameOf = ({ arn }: Principal): string | undefined => (SESSION.exec(arn) ?? ROLE.exec(arn))?.at(2);

/** The instance profile that a principal acts by. */
export const profileNameOf = ({ arn }: Principal): string | undefined => PROFILE.exec(arn)?.at(2);

const MAX_PARSED = 1000;

/** Reads roles and their policies as IAM shows them. */
export class Identities {
  /** Documents come again with each call; reading one is the dear part of judging it. */
  private readonly parsed = new Map<string, Policy>();

  constructor(private readonly ask: Ask) {}

  /** A policy by its text. */
  read(name: string, document: string): Policy {
    const key = `${name}\n${document}`;
    const known = this.parsed.get(key);
    if (known !== undefined) return known;
    if (this.parsed.size >= MAX_PARSED) this.parsed.clear();
    const policy = readPolicy(name, document);
    this.parsed.set(key, policy);
    return policy;
  }

  /** The role behind a principal; rejects when there is none. */
  async role(name: string, principal: Principal): Promise<Identity> {
    const RoleName = name;
    const role = recordIn(await this.ask('iam', 'GetRole', { RoleName }), 'Role');
    const arn = textIn(role, 'Arn');
    const boundary = textIn(recordIn(role, 'PermissionsBoundary'), 'PermissionsBoundaryArn');
    const account = arn.split(':').at(4) ?? '';
    const session = SESSION.test(principal.arn)
      ? principal.arn
      : arn.replace(/:iam::(\d+):role\/.*$/, `:sts::$1:assumed-role/${name}/service`);
    return {
      requester: { arn: session, roleArn: arn, account },
      policies: [...(await this.inline(name)), ...(await this.attached(name))],
      ...(boundary === '' ? {} : { boundary: await this.managed(boundary) }),
      tags: Object.fromEntries(recordsIn(role, 'Tags').map((tag) => [textIn(tag, 'Key'), textIn(tag, 'Value')])),
    };
  }

  /** The role of instances with a profile. */
  async profile(name: string, principal: Principal): Promise<Identity> {
    const output = await this.ask('iam', 'GetInstanceProfile', { InstanceProfileName: name });
    const role = recordsIn(recordIn(output, 'InstanceProfile'), 'Roles').at(0) ?? {};
    return this.role(textIn(role, 'RoleName'), principal);
  }

  /** The trust policy of a role. */
  async trust(roleName: string): Promise<Policy> {
    const role = recordIn(await this.ask('iam', 'GetRole', { RoleName: roleName }), 'Role');
    return this.read('trust policy', decodeURIComponent(textIn(role, 'AssumeRolePolicyDocument')));
  }

  private async inline(RoleName: string): Promise<readonly Policy[]> {
    const names = textsIn(await this.ask('iam', 'ListRolePolicies', { RoleName }), 'PolicyNames');
    return Promise.all(
      names.map(async (PolicyName) =>
        this.document(PolicyName, await this.ask('iam', 'GetRolePolicy', { RoleName, PolicyName }), 'PolicyDocument'),
      ),
    );
  }

  private async attached(RoleName: string): Promise<readonly Policy[]> {
    const list = recordsIn(await this.ask('iam', 'ListAttachedRolePolicies', { RoleName }), 'AttachedPolicies');
    return (await Promise.all(list.map((each) => this.managed(textIn(each, 'PolicyArn'))))).flat();
  }

  /** A policy of AWS that is not known here grants nothing. */
  private async managed(arn: string): Promise<readonly Policy[]> {
    const name = awsPolicyName(arn);
    if (name !== undefined) {
      const document = awsPolicy(name);
      return document === undefined ? [] : [this.read(name, JSON.stringify(document))];
    }
    const output = await this.ask('iam', 'GetPolicyVersion', { PolicyArn: arn, VersionId: 'default' });
    return [this.document(arn.slice(arn.lastIndexOf('/') + 1), recordIn(output, 'PolicyVersion'), 'Document')];
  }

  private document(name: string, output: Output, member: string): Policy {
    return this.read(name, decodeURIComponent(textIn(output, member)));
  }
}
