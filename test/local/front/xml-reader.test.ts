import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../local/front/s3/xml-input';
import { readXml } from '../../../local/front/s3/xml-reader';
import { escapeXml } from '../../../local/front/xml';

describe('XML bodies', () => {
  test.each([
    ['<A/>', { A: {} }],
    ['<A></A>', { A: {} }],
    ['<?xml version="1.0"?>\n<A xmlns="x">\n  <B>1</B>\n</A>\n', { A: { B: '1' } }],
    ['<Delete><Object><Key>a</Key></Object></Delete>', { Delete: { Objects: [{ Key: 'a' }] } }],
    ['<Tagging><TagSet/></Tagging>', { Tagging: { TagSet: [] } }],
    ['<A><B> kept </B></A>', { A: { B: ' kept ' } }],
    ['<A><B>&lt;&#x41;&#66;&amp;amp;</B></A>', { A: { B: '<AB&amp;' } }],
    ['<A><B><![CDATA[<raw> & ]]>x</B><!-- no --></A>', { A: { B: '<raw> & x' } }],
    ['<CompleteMultipartUpload/>', { MultipartUpload: {} }],
  ])('%s', (text, expected) => {
    expect(parseXml(text)).toEqual(expected);
  });

  test('hold any text when it is escaped', () => {
    const property = fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(readXml(`<A>${escapeXml(text)}</A>`).text).toBe(text);
    });
    fc.assert(property);
  });

  test.each([
    '',
    'text',
    '<A>',
    '<A></B>',
    '<A/><B/>',
    '</A>',
    '<A',
    '<A>&unknown;</A>',
    '<A>&#x110000;</A>',
    '<!DOCTYPE a [<!ENTITY x "y">]><A>&x;</A>',
  ])('fails on %j', (text) => {
    expect(() => readXml(text)).toThrow('the body is not XML');
  });
});
