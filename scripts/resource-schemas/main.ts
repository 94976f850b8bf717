import { writeFileSync } from 'node:fs';
import { resourceTypes } from '../../local/cloudformation/registry';
import { distill, render } from './distill';

const TABLE = 'local/cloudformation/schema/table.ts';

const schemas = distill(resourceTypes.keys());
writeFileSync(TABLE, render(schemas));
process.stdout.write(`${TABLE}: ${Object.keys(schemas).length} types\n`);
