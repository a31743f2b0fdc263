import { expect, test } from 'vitest';
import type { AnalysisAnswer } from '../../../../../intellimap/src/serve/contract.ts';
import { repeatedHere, sqlOfFunction, sqlOfRepeated } from './repeated.ts';

const end = (id: string) => ({ id, name: id, path: 'a.ts', line: 1 });
const finding = (caller: string, callee: string, most = 84): AnalysisAnswer['findings'][number] => {
  const repeated = { caller: end(caller), callee: end(callee), most, threadId: 2, callId: 7 };
  return {
    finding: { id: callee, confidence: 'likely', place: null, evidence: [], repeated },
    text: `${caller} calls ${callee}`,
  } as never;
};

test('what is called again and again comes before who does so, the weightiest first', () => {
  const findings = [finding('query', 'decode'), finding('rules', 'query'), finding('pages', 'query', 3)];
  expect(repeatedHere(findings, 'query')?.text).toBe('rules calls query');
  expect(repeatedHere(findings, 'pages')?.text).toBe('pages calls query');
  expect(repeatedHere(findings, 'other')).toBeNull();
  expect(repeatedHere([], 'query')).toBeNull();
});

test('names of functions stay names in SQL', () => {
  const hostile = "a'; drop table calls\n--";
  expect(sqlOfFunction(hostile)).toContain("ast_node_id = 'a''; drop table calls\n--'");
  const sql = sqlOfRepeated(repeatedHere([finding('b', hostile)], hostile)!.repeated);
  expect(sql.split('\n')[0]).toBe("-- a'; drop table calls --, again and again in one call");
  expect(sql).toContain('thread_id = 2 and parent_call_id = 7');
});
