// Each connection keeps its interval, also when it is gone.
export function accept(socket: { ping(): void }) {
  setInterval(() => socket.ping(), 30_000);
}
