/** The map: this is the system, this is where the time goes, this is broken, this is dead. */
import { useRun } from '../../state/run.ts';
import { useSelection } from '../../state/selection.ts';
import { AskedMap } from './asked-map.tsx';
import { OPTION } from './model/items.ts';
import { useCompared } from './use-compared.ts';

const overOf = (text: string | undefined): 'command' | 'all' | null =>
  text === 'command' || text === 'all' ? text : null;

export default function MapScreen() {
  const run = useRun();
  const compared = useCompared();
  const against = compared.isOn && compared.other !== null ? { against: compared.other.id } : {};
  const over = useSelection(({ options }) => overOf(options[OPTION.over]));
  // One that is compared stands for itself.
  const together = compared.isOn || over === null ? {} : { over };
  return <AskedMap by={{ ...run, ...against, ...together }} compared={compared} />;
}
