/** The way from screen to screen, and settings. */
import { Settings } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { SCREENS_THERE } from '../screens.ts';
import { go } from '../state/selection.ts';
import { setTheme, type Theme, theme } from '../state/theme.ts';
import type { ScreenId } from '../state/url.ts';
import { overlay } from './overlay.ts';

export const Rail = ({ screen }: { screen: ScreenId }) => (
  <nav className="rail" aria-label="Screens">
    {SCREENS_THERE.map(({ id, title, letter, icon: Icon }) => (
      <button
        key={id}
        title={`${title} (G ${letter.toUpperCase()})`}
        aria-current={id === screen ? 'page' : undefined}
        onClick={() => go({ screen: id })}
      >
        <Icon size={17} aria-hidden />
        {title}
      </button>
    ))}
    <span className="spread" />
    <SettingsMenu />
  </nav>
);

function SettingsMenu() {
  const now = useSyncExternalStore(theme.subscribe, () => theme.getState().theme);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="rail-button" aria-label="Settings">
        <Settings size={17} aria-hidden />
        Settings
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="right" align="end" sideOffset={8}>
          <DropdownMenu.Label className="menu-label">Theme</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={now} onValueChange={(value) => setTheme(value as Theme)}>
            <Choice value="dark">Dark</Choice>
            <Choice value="light">Light</Choice>
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => overlay('help')}>
            Keys <kbd className="key">?</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => overlay('palette', '>')}>
            All commands
          </DropdownMenu.Item>
          <p className="menu-note">Motion: as the system says.</p>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const Choice = ({ value, children }: { value: Theme; children: string }) => (
  <DropdownMenu.RadioItem className="menu-item" value={value}>
    {children}
    <DropdownMenu.ItemIndicator className="menu-mark">✓</DropdownMenu.ItemIndicator>
  </DropdownMenu.RadioItem>
);
