/** What is known of an error, a call or a function, as text for an assistant. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { count, integer, text } from '../../base/shape.ts';
import { promptAbout, type PromptAbout } from '../../query/index.ts';
import type { Questions } from '../contract.ts';
import { asked, ofRun, optional, type Route } from '../route.ts';

export const prompt: Route<'prompt'> = {
  ask: asked({
    run: optional(text()),
    error: optional(text()),
    thread: optional(count()),
    call: optional(integer()),
    function: optional(text()),
  }),
  async answer(ask, context) {
    const about = aboutOf(ask);
    const found = await ofRun(context, ask, (session) => promptAbout(session, about), { slow: true });
    if (found !== undefined) return { text: found };
    throw new Fault(ExitCode.NOT_FOUND, 'this run has no such error, call or function');
  },
};

/** The most special of what is given. */
function aboutOf({ error, thread, call, function: id }: Questions['prompt']['ask']): PromptAbout {
  if (error !== undefined) return { error };
  if (thread !== undefined && call !== undefined) return { thread, call };
  if (id !== undefined) return { function: id };
  throw new Fault(
    ExitCode.USAGE,
    'it is not said what the prompt is about',
    'Give error, thread with call, or function.',
  );
}
