/** Who asks which service, as the signature's credential scope says. */
export interface Scope {
  readonly service: string;
  readonly region?: string;
  readonly accessKeyId?: string;
}

/** Services that sign under another name than that of their actions. */
const NAMES: ReadonlyMap<string, string> = new Map([['monitoring', 'cloudwatch']]);

/**
 * Reads the credential scope `KEY/DATE/REGION/SERVICE/aws4_request` of a signed request or a presigned URL.
 * A request without one can only be meant for S3, the service that answers anonymous requests.
 */
export const readScope = (authorization: string | undefined, query: URLSearchParams): Scope => {
  const credential =
    /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? undefined;
  if (credential === undefined) return { service: 's3' };
  // Access keys hold no slash, but be lenient: the scope is the last four parts.
  const parts = credential.split('/');
  const name = parts.at(-2) ?? 's3';
  return { service: NAMES.get(name) ?? name, region: parts.at(-3), accessKeyId: parts.slice(0, -4).join('/') };
};
