// Many methods, each of which only passes on what it is asked.
export class Client {
  constructor(private users: any, private orders: any, private items: any, private mails: any) {}

  getUser(id: string) {
    return this.users.get(id);
  }
  listUsers(query: string) {
    return this.users.list(query);
  }
  saveUser(user: object) {
    return this.users.save(user);
  }
  deleteUser(id: string) {
    return this.users.delete(id);
  }
  getOrder(id: string) {
    return this.orders.get(id);
  }
  listOrders(query: string) {
    return this.orders.list(query);
  }
  saveOrder(order: object) {
    return this.orders.save(order);
  }
  cancelOrder(id: string) {
    return this.orders.cancel(id);
  }
  getItem(id: string) {
    return this.items.get(id);
  }
  listItems(query: string) {
    return this.items.list(query);
  }
  saveItem(item: object) {
    return this.items.save(item);
  }
  sendMail(mail: object) {
    return this.mails.send(mail);
  }
  listMails(query: string) {
    return this.mails.list(query);
  }
}
