/** What a person sees first: a sentence, what shows it, and where to look. */
import { Failed, Notice, Terminal, Waiting } from '../../parts/notice.tsx';
import { useAnswer } from '../../api/ask.ts';
import { useAgainst, useRun, useWorkspace } from '../../state/run.ts';
import { Cards } from './cards.tsx';
import { Facts } from './facts.tsx';
import './home.css';
import { Recording } from './recording.tsx';
import { WholeRun } from './whole-run.tsx';
import { VerdictHead } from './verdict.tsx';

export default function Home() {
  const workspace = useWorkspace();
  const asked = { ...useRun(), ...useAgainst() };
  const isRecorded = (workspace.data?.runs.length ?? 0) > 0;
  const home = useAnswer('home', isRecorded ? asked : null);
  if (workspace.error && !workspace.data) return <Failed error={workspace.error} />;
  if (workspace.data && !isRecorded) return <NothingYet {...workspace.data} />;
  if (home.error) return <Failed error={home.error} retry={() => void home.refetch()} />;
  if (!workspace.data) return null;
  return (
    <div className="home">
      <Recording />
      {home.data ? (
        <>
          <VerdictHead home={home.data} isStale={home.isFetching} />
          <Cards cards={home.data.cards} />
        </>
      ) : (
        <div className="home-waiting">
          <Waiting>Asking the analyses what there is to say: of a new run that takes some seconds …</Waiting>
        </div>
      )}
      <WholeRun />
      <Facts />
    </div>
  );
}

function NothingYet({
  suggestion,
  failed,
}: {
  suggestion: string;
  failed: { run: string; reason: string }[];
}) {
  return (
    <div className="home">
      <Recording />
      <Notice title="Nothing was recorded here yet">
        <p>Record this project with the command below; what it does appears here by itself.</p>
        <p>
          <Terminal>{suggestion}</Terminal>
        </p>
        {failed.map(({ run, reason }) => (
          <p key={run}>
            The run {run} cannot be read: {reason}
          </p>
        ))}
      </Notice>
    </div>
  );
}
