/** Opens an address in the user's browser, as the system does. */
import { spawn } from 'node:child_process';

/** @param onFailure told why nothing was opened; the address has been printed anyhow */
export async function showInBrowser(address: string, onFailure: (why: string) => void): Promise<void> {
  const opener = openerOf(process.platform, process.env);
  if (opener === null) return;
  const [command, ...words] = [...opener, address];
  await new Promise<void>((resolve) => {
    const child = spawn(command, words, { stdio: 'ignore', detached: true });
    child.once('error', (error) => {
      onFailure(error.message);
      resolve();
    });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** Words before the address; null: nobody sits at a screen. No shell is asked: an address is one word. */
export function openerOf(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): string[] | null {
  if (environment['CI'] !== undefined && environment['CI'] !== 'false') return null;
  if (platform === 'darwin') return ['open'];
  // `start` is a word of the shell; this is what it asks.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasScreen = environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined;
  return hasScreen ? ['xdg-open'] : null;
}
