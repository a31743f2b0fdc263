// Seven short methods about different things, which decide hardly anything: a list of small services.
export class Office {
  private mails: string[] = [];
  private calls: string[] = [];
  private visits: string[] = [];
  private bills = new Map<string, number>();

  write(letter: any) {
    this.mails.push(letter.text);
  }

  phone(person: any) {
    this.calls.push(person.number);
  }

  visit(house: any) {
    this.visits.push(house.street);
  }

  bill(order: any) {
    this.bills.set(order.id, order.total);
  }

  greet(guest: any) {
    return `welcome ${guest.name}`;
  }

  plan(day: any) {
    return day.isHoliday ? 'closed' : 'open';
  }

  clean(room: any) {
    return room.size * 2;
  }
}
