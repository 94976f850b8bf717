/** What stands around what CloudFormation fills in. @internal */
export interface Marks {
  readonly open: string;
  readonly close: string;
}

/** As `Fn::Sub` has it. @internal */
export const AS_SUB: Marks = { open: '${', close: '}' };

/** As the ids of the findings of cdk-nag have it. @internal */
export const AS_FINDING: Marks = { open: '<', close: '>' };

/** A resolved text in one piece: `${Bucket.Arn}/*` in place of the functions that make it at deploy time. @internal */
export function written(value: unknown, { open, close }: Marks): string {
  const visit = (node: unknown): string => {
    if (typeof node === 'string') return node.replaceAll('${', open).replaceAll('}', close);
    const [[name, argument] = []] = typeof node === 'object' && node !== null ? Object.entries(node) : [];
    if (name === 'Ref') return open + visit(argument) + close;
    if (name === 'Fn::GetAtt' && Array.isArray(argument)) return open + argument.map(visit).join('.') + close;
    if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
      return argument[1].map(visit).join(String(argument[0]));
    }
    if (name === 'Fn::Sub' || name === 'Fn::ImportValue') return visit(argument);
    return JSON.stringify(node);
  };
  return visit(value);
}
