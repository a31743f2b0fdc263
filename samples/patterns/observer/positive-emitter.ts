// Node's own: a class of emitters that says what can be heard.
import { EventEmitter } from 'node:events';

export class Orders extends EventEmitter<{ placed: [id: string] }> {
  place(id: string) {
    this.emit('placed', id);
  }
}
