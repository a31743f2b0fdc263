/** The palette: from a few letters to any function, file, error, run, time or command. */
import { Command as Menu } from 'cmdk';
import { useEffect, useMemo, useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { release } from '../overlay.ts';
import { modeOf } from './mode.ts';
import './palette.css';
import { useOffers } from './offers.ts';
import { Keys } from '../help.tsx';

interface Props {
  /** What is in the field at first. */
  start: string;
  onClose: () => void;
}

export default function Palette({ start, onClose }: Props) {
  const [typed, setTyped] = useState(start);
  const [value, setValue] = useState('');
  useEffect(() => {
    const before = release();
    if (before !== '') setTyped((now) => now + before);
  }, []);
  const mode = useMemo(() => modeOf(typed), [typed]);
  const { groups, waiting, empty } = useOffers(mode);
  // Answers come after the letters: the first of them is chosen, whatever was before.
  const ids = groups.flatMap(({ offers }) => offers.map(({ id }) => id));
  const chosen = ids.includes(value) ? value : (ids[0] ?? '');
  return (
    <Dialog label="Search" className="palette" onClose={onClose}>
      <Menu label="Search" shouldFilter={false} loop value={chosen} onValueChange={setValue}>
        <Menu.Input
          data-first
          className="palette-field"
          placeholder="Function, file, error …"
          value={typed}
          onValueChange={(text) => {
            setTyped(text);
            setValue('');
          }}
        />
        <Menu.List className="palette-list">
          {groups.map(({ title, offers }) => (
            <Menu.Group key={title} heading={title}>
              {offers.map(({ id, name, detail, keys, icon: Icon, run }) => (
                <Menu.Item
                  key={id}
                  value={id}
                  onSelect={() => {
                    onClose();
                    run();
                  }}
                >
                  <Icon size={15} aria-hidden />
                  <span className="palette-name">{name}</span>
                  <span className="palette-detail">{detail}</span>
                  {keys !== undefined && <Keys of={keys} />}
                </Menu.Item>
              ))}
            </Menu.Group>
          ))}
          {groups.length === 0 && <p className="palette-empty">{waiting ? 'Searching …' : empty}</p>}
        </Menu.List>
      </Menu>
      <footer className="palette-foot">
        <Hint sign=">">commands</Hint>
        <Hint sign=":">SQL</Hint>
        <Hint sign="#">errors</Hint>
        <Hint sign="t 1.5">time</Hint>
        <Hint sign="run">runs</Hint>
        <span className="spread" />
        <kbd className="key">↑↓</kbd> choose <kbd className="key">Enter</kbd> go{' '}
        <kbd className="key">Esc</kbd> close
      </footer>
    </Dialog>
  );
}

const Hint = ({ sign, children }: { sign: string; children: string }) => (
  <span>
    <kbd className="key">{sign}</kbd> {children}
  </span>
);
