import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';

/** What the name of an instance family tells. */
export interface InstanceFamily {
  readonly name: string;
  readonly architecture: InstanceArchitecture;
  readonly hasGpu: boolean;
}

/** Graviton: a `g` among the letters after the generation (c7gn, im4gn, g5g), not before it (g5). */
const GRAVITON = /^[a-z]+\d+[a-z]*g/;
const GPU = /^(g|gr|p)\d/;
/** https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html; the GPUs of g4ad are not NVIDIA's. */
const WITHOUT_IMAGE = /^(a1|g3s?|g4ad|p2|p3(dn)?)$/;

/** Reads the name of a family such as `c7g`, or that of a type such as `c7g.large`; refuses what has no image. */
export function instanceFamily(familyOrType: string): InstanceFamily {
  const [name] = familyOrType.split('.');
  if (WITHOUT_IMAGE.test(name)) {
    throw new Error(`the Amazon Linux 2023 images do not support instance family '${name}': use a newer one`);
  }
  return {
    name,
    architecture: GRAVITON.test(name) ? InstanceArchitecture.ARM_64 : InstanceArchitecture.X86_64,
    hasGpu: GPU.test(name),
  };
}

/** Says in an error what a family is. */
export const inWords = ({ name, architecture, hasGpu }: InstanceFamily): string =>
  `${name} (${architecture}${hasGpu ? ', GPU' : ''})`;
