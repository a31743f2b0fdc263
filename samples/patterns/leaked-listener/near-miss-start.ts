// The program starts once.
export async function startServer(server: { close(): void }) {
  process.on('SIGTERM', () => server.close());
}
