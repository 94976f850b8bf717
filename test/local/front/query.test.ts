import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unflatten } from '../../../local/front/query-input';
import { escapeXml } from '../../../local/front/xml';

describe('a form becomes an input', () => {
  test.each([
    ['A=1', { A: '1' }],
    ['A.B.C=1&A.B.D=2', { A: { B: { C: '1', D: '2' } } }],
    ['A.member.1=x&A.member.2=y', { A: ['x', 'y'] }],
    ['A.member.2=y&A.member.10=z&A.member.1=x', { A: ['x', 'y', 'z'] }],
    ['A.member.1.B=x&A.member.1.C.member.1=y', { A: [{ B: 'x', C: ['y'] }] }],
    ['A.entry.1.key=a.b&A.entry.1.value=x', { A: { 'a.b': 'x' } }],
    ['A.entry.1.Name=a&A.entry.1.Value.T=x', { A: { a: { T: 'x' } } }],
    ['Filter.1.Name=a&Filter.1.Value.1=b', { Filter: [{ Name: 'a', Value: ['b'] }] }],
    ['A.member=x', { A: { member: 'x' } }],
    ['A=%2B+%C3%A4', { A: '+ ä' }],
    ['__proto__.x=1', Object.fromEntries([['__proto__', { x: '1' }]])],
  ])('%s', (form, expected) => {
    expect(unflatten(new URLSearchParams(form))).toEqual(expected);
  });

  test('refuses parameters of absurd depth', () => {
    expect(() => unflatten(new URLSearchParams(`${'a.'.repeat(50)}a=1`))).toThrow('deeper than');
  });
});

describe('text in XML', () => {
  test.each([
    ['<a href="x">\'&\'</a>', '&lt;a href=&quot;x&quot;&gt;&apos;&amp;&apos;&lt;/a&gt;'],
    ['a\r\nb\tc', 'a&#xd;\nb\tc'],
    ['\u0000\u001f', '&#x0;&#x1f;'],
    ['ä 日本 🙂', 'ä 日本 🙂'],
  ])('%j', (text, expected) => {
    expect(escapeXml(text)).toBe(expected);
  });

  test('never opens an element', () => {
    fc.assert(fc.property(fc.string(), (text) => !escapeXml(text).includes('<')));
  });
});
