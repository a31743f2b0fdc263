// What it listens to goes with it.
import { WebSocket } from 'ws';

export function connect(url: string, onMessage: (text: string) => void) {
  const socket = new WebSocket(url);
  socket.on('message', (data) => onMessage(String(data)));
  return socket;
}
