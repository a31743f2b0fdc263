/** Imports and dependencies that nothing uses, what only one side runs, objects that grow. */
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { count, percent } from '../../../text/format.ts';
import { column, numbers, PLACE, type Shape, Share, SURE } from './shape.tsx';

type Import = Findings.ImportFinding;
export const imports: Shape = {
  columns: [
    SURE,
    column<Import>('edge', 'Import', 'minmax(240px, 1fr)', ({ edge }) => <span className="mono" title={`${edge.src} → ${edge.specifier}`}>{edge.specifier}{edge.names.length > 0 && <span className="quiet"> {`{ ${edge.names.join(', ')} }`}</span>}</span>, ({ edge }) => edge.specifier), // prettier-ignore
    column<Import>('kind', 'Kind', '80px', ({ edge }) => <span className="quiet">{edge.kind}</span>, ({ edge }) => edge.kind), // prettier-ignore
    column<Import>('problem', 'Why', '220px', ({ problem }) => (problem === 'unused' ? 'nothing that it names ran' : 'nothing refers to it'), ({ problem }) => problem), // prettier-ignore
    numbers<Import>(
      'runs',
      'Runs seen',
      '80px',
      ({ runs, problem }) => (problem === 'unused' ? runs : null),
      count,
    ),
    PLACE,
  ],
};

type Dependency = Findings.DependencyFinding;
export const dependencies: Shape = {
  columns: [
    SURE,
    column<Dependency>('package', 'Package', 'minmax(160px, 1fr)', (finding) => <span className="mono">{finding.package}</span>, (finding) => finding.package), // prettier-ignore
    column<Dependency>(
      'problem',
      'Problem',
      '160px',
      ({ problem }) => problem,
      ({ problem }) => problem,
    ),
    column<Dependency>('section', 'Listed in', '180px', ({ section, folder }) => <span className="quiet">{section === null ? 'nowhere' : `${folder === '' ? '' : `${folder}/`}${section}`}</span>), // prettier-ignore
    numbers<Dependency>('files', 'Files', '64px', ({ files }) => files.length, count),
    numbers<Dependency>('runs', 'Runs', '64px', ({ runs }) => runs, count),
    PLACE,
  ],
  detail: (row) => (
    <ul className="places">
      {(row.finding as Dependency).files.map((file) => (
        <li key={file} className="mono">
          {file}
        </li>
      ))}
    </ul>
  ),
};

type Gap = Findings.GapFinding;
export const gap: Shape = {
  columns: [
    SURE,
    column<Gap>('name', 'Function', 'minmax(200px, 1fr)', ({ gap: { name } }) => <span className="mono">{name}</span>, ({ gap: { name } }) => name), // prettier-ignore
    column<Gap>('side', 'Runs in', '150px', ({ gap: { side } }) => (side === 'production' ? 'production, no test' : 'tests only'), ({ gap: { side } }) => side), // prettier-ignore
    column<Gap>('share', 'Of such calls', '140px', ({ gap: { share } }) => <Share of={share} text={percent(share)} />, ({ gap: { share } }) => share), // prettier-ignore
    numbers<Gap>('calls', 'Calls', '96px', ({ gap: { calls } }) => calls, count),
    PLACE,
  ],
};

type Leak = Findings.LeakFinding;
const kib = (bytes: number): string => `${count(Math.round(bytes / 1024))} KiB`;
export const leaks: Shape = {
  columns: [
    SURE,
    column<Leak>('class', 'Constructor', 'minmax(160px, 1fr)', ({ grown }) => <span className="mono">{grown.constructor}</span>, ({ grown }) => grown.constructor), // prettier-ignore
    numbers<Leak>('before', 'Objects before', '110px', ({ grown }) => grown.objectsBefore, count),
    numbers<Leak>('after', 'At the end', '96px', ({ grown }) => grown.objects, count),
    numbers<Leak>('held', 'Hold', '110px', ({ grown }) => grown.retainedBytes, kib),
    column<Leak>('by', 'Held by', 'minmax(160px, 0.6fr)', ({ grown }) => <span title={grown.heldBy ?? ''}>{grown.heldBy}</span>), // prettier-ignore
    PLACE,
  ],
};
