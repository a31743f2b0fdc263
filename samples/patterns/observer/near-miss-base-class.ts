// A class with a base class, which is no emitter.
import { Base } from './base.ts';

export class Orders extends Base {
  emit(text: string) {
    return text.length;
  }

  place(id: string) {
    return this.emit(id);
  }
}
