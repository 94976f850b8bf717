import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Input } from '../../core/service';

/** Former spellings of other properties. */
const outdated = ['NoncurrentVersionExpirationInDays', 'NoncurrentVersionTransition', 'Transition'];

const expirationOf = (rule: Reader): Input | undefined => {
  const Days = rule.optionalNumber('ExpirationInDays');
  const Date = rule.optionalText('ExpirationDate');
  const ExpiredObjectDeleteMarker = rule.has('ExpiredObjectDeleteMarker')
    ? rule.flag('ExpiredObjectDeleteMarker')
    : undefined;
  const given = { Days, Date, ExpiredObjectDeleteMarker };
  return Object.values(given).some((value) => value !== undefined) ? given : undefined;
};

const filterOf = (rule: Reader): Input => {
  const And = {
    Prefix: rule.optionalText('Prefix'),
    Tags: rule.has('TagFilters') ? rule.list('TagFilters') : undefined,
    ObjectSizeGreaterThan: rule.optionalNumber('ObjectSizeGreaterThan'),
    ObjectSizeLessThan: rule.optionalNumber('ObjectSizeLessThan'),
  };
  const given = Object.entries(And).filter(([, value]) => value !== undefined);
  const only = given.at(0);
  if (given.length > 1) return { And: Object.fromEntries(given) };
  return only === undefined ? { Prefix: '' } : Object.fromEntries([only]);
};

const transition = (entry: Reader): Input => ({
  StorageClass: entry.text('StorageClass'),
  Days: entry.optionalNumber('TransitionInDays'),
  Date: entry.optionalText('TransitionDate'),
});

const noncurrentTransition = (entry: Reader): Input => ({
  StorageClass: entry.text('StorageClass'),
  NoncurrentDays: entry.number('TransitionInDays'),
  NewerNoncurrentVersions: entry.optionalNumber('NewerNoncurrentVersions'),
});

const ruleOf = (rule: Reader): Input => {
  const found = outdated.find((name) => rule.has(name));
  if (found !== undefined) throw notSupported(`${found} of a lifecycle rule`, 'use the property that replaced it');
  return {
    ID: rule.optionalText('Id'),
    Status: rule.text('Status'),
    Filter: filterOf(rule),
    Expiration: expirationOf(rule),
    Transitions: rule.has('Transitions') ? rule.records('Transitions').map(transition) : undefined,
    NoncurrentVersionTransitions: rule.has('NoncurrentVersionTransitions')
      ? rule.records('NoncurrentVersionTransitions').map(noncurrentTransition)
      : undefined,
    NoncurrentVersionExpiration: rule.optionalRecord('NoncurrentVersionExpiration')?.values,
    AbortIncompleteMultipartUpload: rule.has('AbortIncompleteMultipartUpload')
      ? { DaysAfterInitiation: rule.record('AbortIncompleteMultipartUpload').number('DaysAfterInitiation') }
      : undefined,
  };
};

/** The template's lifecycle rules in the API's shape. */
export const lifecycleRules = (configuration: Reader): Input => ({ Rules: configuration.records('Rules').map(ruleOf) });
