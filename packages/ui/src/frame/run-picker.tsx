/** Which run is looked at, and which one it is compared with. */
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { latestOf } from '../state/latest.ts';
import { commandOf, type RunLine, shortRun } from '../state/run.ts';
import { go, lookAt, useSelection } from '../state/selection.ts';
import { ago, middle, short } from '../text/format.ts';
import { overlay } from './overlay.ts';

/** More are found by the palette. */
const LISTED = 12;

export function RunPicker({ runs, run }: { runs: readonly RunLine[]; run: RunLine }) {
  return (
    <Picker
      label="Run"
      trigger={
        <>
          run <b>{shortRun(run.id)}</b>
          <span className="quiet">
            · {run.branch ?? middle(commandOf(run), 24)} · {ago(run.startedAt, Date.now())}
          </span>
        </>
      }
      value={run.id}
      // The latest has no name in the URL: tomorrow the link shows tomorrow's.
      onChoose={(id) => lookAt(id === latestOf(runs)?.id ? null : id)}
      runs={runs}
    />
  );
}

interface CompareProps {
  runs: readonly RunLine[];
  /** The one that is looked at. */
  run: string;
  /** The one it is compared with; null: none was fit. */
  against: string | null;
}

export function ComparePicker({ runs, run, against }: CompareProps) {
  const chosen = useSelection((selection) => selection.against);
  return (
    <Picker
      label="Compare with"
      trigger={
        against === null ? (
          <span className="quiet">compare with …</span>
        ) : (
          <>
            vs <b>{shortRun(against)}</b>
            <span className="quiet">{chosen === null ? '· the run before' : '· chosen'}</span>
          </>
        )
      }
      value={chosen ?? ''}
      onChoose={(id) => go({ against: id === '' ? null : id })}
      runs={runs.filter(({ id }) => id !== run)}
      first={
        <Item value="" title="The best there is">
          the complete run of the same command before it
        </Item>
      }
    />
  );
}

interface PickerProps {
  label: string;
  trigger: ReactNode;
  value: string;
  onChoose: (id: string) => void;
  runs: readonly RunLine[];
  first?: ReactNode;
}

const Picker = ({ label, trigger, value, onChoose, runs, first }: PickerProps) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger className="chip picker" title={label}>
      {trigger}
      <ChevronDown size={12} aria-hidden />
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content className="menu runs" align="start" sideOffset={6}>
        <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
          {first}
          {runs.slice(0, LISTED).map((run) => (
            <Item key={run.id} value={run.id} title={shortRun(run.id)}>
              {middle(commandOf(run), 40)} · {ago(run.startedAt, Date.now())} · {short(run.calls)} calls ·{' '}
              {run.errors} errors{run.complete ? '' : ' · cut off'}
            </Item>
          ))}
        </DropdownMenu.RadioGroup>
        {runs.length > LISTED && (
          <DropdownMenu.Item className="menu-item" onSelect={() => overlay('palette', 'run ')}>
            {runs.length - LISTED} more …
          </DropdownMenu.Item>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);

const Item = ({ value, title, children }: { value: string; title: string; children: ReactNode }) => (
  <DropdownMenu.RadioItem className="menu-item" value={value}>
    <b className="mono">{title}</b>
    <span className="quiet">{children}</span>
    <DropdownMenu.ItemIndicator className="menu-mark">✓</DropdownMenu.ItemIndicator>
  </DropdownMenu.RadioItem>
);
