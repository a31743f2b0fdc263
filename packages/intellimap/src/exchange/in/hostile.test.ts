/** Damaged and hostile files. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../base/fault.ts';
import { COVERAGE, LCOV, OTLP, PROFILE } from '../fixtures/documents.ts';
import { fault, formats, read } from '../fixtures/reading.ts';
import { formatOf, parseManifest, type TextImportFormat } from './index.ts';

describe('whatever a file holds: rows, or a Fault', () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      -1,
      0.5,
      2 ** 53,
      1e308,
      '',
      'x\0',
      "'; DROP TABLE runs; --",
      '../../etc/passwd',
      'file:///etc/passwd',
      'file://host/x',
      [],
      {},
      [[]],
      true,
      '__proto__',
      '\ud800',
      '9'.repeat(30),
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  /** The document with one of its values exchanged. */
  const changed = (document: object) =>
    fc.tuple(fc.nat(), odd, fc.boolean()).map(([pick, value, drop]) => {
      const copy: object = structuredClone(document);
      const places: [object, string][] = [];
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        for (const [name, below] of Object.entries(node)) {
          places.push([node, name]);
          visit(below);
        }
      };
      visit(copy);
      const [owner, name] = places[pick % places.length];
      if (drop) Reflect.deleteProperty(owner, name);
      else Object.assign(owner, { [name]: value });
      return JSON.stringify(copy);
    });
  const holds = (format: TextImportFormat, text: string): void => {
    const work = () => JSON.stringify(read(format, text).rows);
    try {
      expect(work()).not.toContain('NaN');
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  };

  test.each([
    ['cpuprofile', PROFILE],
    ['v8-coverage', COVERAGE],
    ['otlp', OTLP],
  ] as const)('%s', (format, document) => {
    fc.assert(
      fc.property(changed(document), (text) => holds(format, text)),
      { numRuns: 1500 },
    );
  });
  test('lcov', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...LCOV.split('\n'),
        'SF:',
        'SF:/etc/passwd',
        'SF:../../../x',
        'FN:1',
        'FN:99999999999,x',
        'FNA:1,1,x',
        'DA:',
        'DA:-1,-1',
        'BRDA:1,e0,0,5',
        'MCDC:1,2',
        '__proto__:1',
        'constructor:1,x',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => holds('lcov', lines.join('\n'))),
      { numRuns: 1500 },
    );
  });
  test('lcov: words that every object has are none of its keys', () => {
    for (const word of ['__proto__', 'constructor', 'toString'])
      expect(fault(() => read('lcov', `SF:a.js\n${word}:1,x\nend_of_record\n`))).toContain(
        'is nothing that lcov has',
      );
  });
  test('any text, as any format', () => {
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.oneof(fc.string(), fc.json()), (format, text) => {
        holds(format, text);
        fault(() => formatOf([{ name: 'x', text }]));
        fault(() => parseManifest(text, 'x'));
      }),
      { numRuns: 500 },
    );
  });
});
