/** Keys of the present screen, from the table that binds them. */
import { useCommandTable } from '../commands/registry.ts';
import { Dialog } from '../parts/dialog.tsx';
import { groupedBy } from '../../../intellimap/src/base/groups.ts';
import { keyParts } from './key-names.ts';

export default function Help({ onClose }: { onClose: () => void }) {
  const withKeys = useCommandTable().filter(({ keys }) => keys !== undefined && keys.length > 0);
  const groups = [...groupedBy(withKeys, ({ group }) => group)];
  return (
    <Dialog label="Keys" className="help" onClose={onClose}>
      <header>
        <h2>Keys</h2>
        <span className="quiet">
          those of this screen first; letters that steer are places on the keyboard
        </span>
        <span className="spread" />
        <button className="button small" onClick={onClose}>
          Close <kbd className="key">Esc</kbd>
        </button>
      </header>
      <div className="help-groups">
        {groups.map(([group, commands]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands.map(({ id, title, keys }) => (
                <div key={id}>
                  <dt>{title}</dt>
                  <dd>
                    <Keys of={keys![0]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

export const Keys = ({ of }: { of: string }) => (
  <>
    {keyParts(of).map((part, at) => (
      // oxlint-disable-next-line react/no-array-index-key
      <kbd key={at} className="key">
        {part}
      </kbd>
    ))}
  </>
);
