import { camelCase, pascalCase } from '../../core/letter-case';
import { isJsonObject, type Json, toJson } from '../language/json';

/** As APIs such as Batch name their members: `jobName`. */
export const toCamelCase = (value: Json): Json => (isJsonObject(value) ? (toJson(camelCase(value)) ?? {}) : value);

/** As Step Functions names all members: `JobName`. */
export const toPascalCase = (value: Json): Json => (isJsonObject(value) ? (toJson(pascalCase(value)) ?? {}) : value);
