// A switch over the state, which moves on.
export class Door {
  state = 'closed';

  push(hasKey: boolean) {
    switch (this.state) {
      case 'locked':
        if (hasKey) this.state = 'closed';
        break;
      case 'closed':
        this.state = 'open';
        break;
      case 'open':
        this.state = 'closed';
        break;
    }
  }
}
