import { AwsError } from '../core/errors';
import type { Answer, Protocol } from './protocol';
import { unflatten } from './query-input';
import { type QueryStyle, renderMembers } from './query-output';
import { element, escapeXml, XML_DECLARATION } from './xml';

const answer = (status: number, xml: string, requestId: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: XML_DECLARATION + xml,
});

const read: Protocol['read'] = ({ body, query }) => {
  const parameters = new URLSearchParams(body.length > 0 ? body.toString('utf8') : query);
  const operation = parameters.get('Action') ?? '';
  if (operation === '') throw new AwsError('MissingAction', 'the request has no Action');
  parameters.delete('Action');
  parameters.delete('Version');
  return { operation, input: unflatten(parameters) };
};

const PLAIN: QueryStyle = { item: 'member', maps: new Set(), nameOf: (member) => member };

/** AWS Query: a form in, XML out. `maps` names the members of answers that are maps. */
export const query = (namespace: string, maps: readonly string[] = []): Protocol => {
  const style: QueryStyle = { ...PLAIN, maps: new Set(maps) };
  return {
    read,
    write: (output, { operation }, { id }) => {
      const result = element(`${operation}Result`, renderMembers(output, style));
      const metadata = element('ResponseMetadata', element('RequestId', id));
      return answer(200, `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`, id);
    },
    fail: (error, { id }) => {
      const type = element('Type', error.statusCode < 500 ? 'Sender' : 'Receiver');
      const words = element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
      const content = element('Error', type + words) + element('RequestId', id);
      return answer(error.statusCode, `<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`, id);
    },
  };
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Members whose name on EC2's wire is not the member's own in lower case. */
const EC2_NAMES = new Map([
  ['AvailabilityZones', 'availabilityZoneInfo'],
  ['State', 'zoneState'],
]);

/** The EC2 dialect of AWS Query. */
export const ec2Query = (namespace: string): Protocol => {
  const style: QueryStyle = {
    ...PLAIN,
    item: 'item',
    nameOf: (member) => EC2_NAMES.get(member) ?? lowerFirst(member),
  };
  return {
    read,
    write: (output, { operation }, { id }) => {
      const content = element('requestId', id) + renderMembers(output, style);
      return answer(200, `<${operation}Response xmlns="${namespace}">${content}</${operation}Response>`, id);
    },
    fail: (error, { id }) => {
      const words = element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
      const content = element('Errors', element('Error', words)) + element('RequestID', id);
      return answer(error.statusCode, element('Response', content), id);
    },
  };
};
