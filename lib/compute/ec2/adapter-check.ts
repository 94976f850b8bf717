import { knownInstances } from '../../contracts/instances/known-instances';
import type { Problem } from '../../private/check';
import type { InstanceSelection } from '../instances/instance-selection';

/** Which instances have no adapter; types that are not known may have one. @internal */
export function* adapterProblems(instances: InstanceSelection, property = 'instances'): Generator<Problem> {
  for (const name of instances._names()) {
    const types = knownInstances(name);
    if (types.every(({ efa }) => efa)) continue;
    const able = types.filter(({ efa }) => efa).map((type) => type.name);
    const without = types.find(({ efa }) => !efa)?.name;
    const hint =
      able.length > 0 ? `name those that have: ${able.join(', ')}` : 'choose another family, such as c7gn or hpc7a';
    const got = without === name ? name : `${without} of ${name}`;
    const message = `'${property}' must all have an Elastic Fabric Adapter, ${got} has none: ${hint}`;
    yield { check: 'compute-efa', message };
  }
}
