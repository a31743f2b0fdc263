/** What the transformer answers. */
import { movesToJson } from '../../transform/3-rewrite/moves.ts';
import { transform } from '../../transform/index.ts';
import { openJournal, type Journal } from '../journal.ts';
import type { Answer, Question } from '../questions.ts';
import { nameIn } from '../scope.ts';
import type { TransformerData } from '../start-transformer.ts';
import { createInstrumenter, type Outcome } from './instrument.ts';
import { digestOf, Memory } from './memory.ts';
import { lineOf, quotedCall } from './quoted-call.ts';
import { valuesIn } from './values-of.ts';
import { createSiteIds } from './site-ids.ts';
import { keepTable, keepText } from './site-tables.ts';

export type AnswerTo = (question: Question, text: string) => [answer: Answer, text: string];

export function answersFor({
  settings,
  siteCounter,
}: Pick<TransformerData, 'settings' | 'siteCounter'>): AnswerTo {
  const texts = new Memory();
  const journals = new Map<string, Journal>();
  const instrument = createInstrumenter({
    name: nameIn(settings.root),
    tier: settings.tier,
    plan: settings.plan,
    valuesOf: valuesIn(settings.values),
    siteIds: createSiteIds(siteCounter),
    transform,
    keepTable: (key, table) => keepTable(settings.runDir, key, table),
    keepText: settings.isMeasured ? (key, text) => keepText(settings.runDir, key, text) : undefined,
  });

  const instrumented = ({ from, ...module }: Question & { t: 'text' }, text: string): Outcome => {
    const digest = digestOf(text, module);
    const known = texts.known(digest);
    const outcome = known ?? instrument(text, module);
    if (known === undefined) texts.keep(digest, outcome);
    const journal = journals.get(from) ?? openJournal(settings.runDir, from);
    journals.set(from, journal);
    for (const line of outcome.lines) journal.write(line.t === 'load' && known ? { ...line, ms: 0 } : line);
    return outcome;
  };

  return (question, text) => {
    if (question.t === 'text') {
      const outcome = instrumented(question, text);
      if (outcome.instrumented === undefined) return [{ t: 'nothing' }, ''];
      const { base, code } = outcome.instrumented;
      return [{ t: 'text', base }, code];
    }
    if (question.t === 'call' || question.t === 'line') {
      const said =
        question.t === 'line'
          ? lineOf(texts.before(question.path), question.line)
          : quotedCall(question, texts);
      return said === undefined ? [{ t: 'nothing' }, ''] : [{ t: question.t }, said];
    }
    const found = 'site' in question ? texts.ofSite(question.site) : texts.atPath(question.path);
    if (found === undefined) return [{ t: 'nothing' }, ''];
    const { moves, ...rest } = found;
    return [{ t: 'moves', ...rest }, movesToJson(moves)];
  };
}
