// The callback hears of it.
async function install(name: string, done: (error: Error | null) => void) {
  const answer = await fetch(`/plugins/${name}`, { method: 'PUT' });
  done(answer.ok ? null : new Error(answer.statusText));
}

export function onInstall(name: string, tell: (text: string) => void) {
  install(name, (error) => tell(error === null ? 'installed' : error.message));
}
