/** What a person sees first: a sentence, what shows it, and where to look. */
import { useAnswer } from '../../api/ask.ts';
import { useSelection } from '../../state/selection.ts';

export default function Home() {
  const run = useSelection((selection) => selection.run) ?? undefined;
  const { data, error } = useAnswer('home', { run });
  if (error) return <p>{error.message}</p>;
  return <h1>{data?.verdict.sentence}</h1>;
}
