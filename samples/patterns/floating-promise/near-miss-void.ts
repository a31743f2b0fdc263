// On purpose, and what fails is heard.
async function ping() {
  await fetch('/ping');
}

export function beat(report: (error: unknown) => void) {
  void ping().catch(report);
  ping().then(undefined, report);
  ping().catch(report);
}
