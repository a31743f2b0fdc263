/** What Home shows: the sentence, what shows it, six reports in short. */
import { ANALYSES, type AnalysisAnswer, askAnalyses } from '../../analyses/index.ts';
import { text } from '../../base/shape.ts';
import { verdict } from '../../query/index.ts';
import { CARDS, driftCard } from '../cards.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const home: Route<'home'> = {
  ask: asked({ run: optional(text()), against: optional(text()) }),
  answer: async (ask, context) =>
    await ofRun(
      context,
      ask,
      async (session) => {
        const { drift, issues: _, against, ...said } = await verdict(session, ask.against);
        const names = CARDS.map(({ report }) => report);
        const answers = await askAnalyses(session, ANALYSES, { only: names });
        const cards = CARDS.map((card) =>
          card.of(answers.find(({ name }) => name === card.report) as AnalysisAnswer),
        );
        return {
          run: session.run.id,
          against,
          verdict: said,
          cards: cards.toSpliced(2, 0, driftCard(drift)),
        };
      },
      { slow: true, text: true },
    ),
};
