// Long methods, and few of them: functions to be cut into pieces, not an object that does everything.
export class Shop {
  private prices = new Map<string, number>();
  private mails: string[] = [];
  private stock = new Map<string, number>();
  private sessions = new Map<string, any>();
  private log: string[] = [];

  priceOf(item: any, user: any, day: any) {
    let price = this.prices.get(item.sku) ?? item.price;
    if (user.isMember && item.discount > 0) price -= item.discount;
    if (day.isHoliday || day.isSale) price *= 0.9;
    if (item.weight > 20) price += 10;
    else if (item.weight > 5) price += 4;
    if (user.country !== 'DE' && !item.isDigital) price += 8;
    return price < 0 ? 0 : price;
  }

  welcome(user: any, campaign: any) {
    if (!user.mail || user.isBlocked) return;
    const name = user.name || 'you';
    if (campaign.isActive && user.wantsNews) this.mails.push(`${name}: ${campaign.text}`);
    else if (user.isNew) this.mails.push(`${name}: welcome`);
    for (const friend of user.friends) if (friend.mail) this.mails.push(`${friend.mail}: ${name} is here`);
  }

  reserve(order: any, warehouse: any) {
    for (const line of order.lines) {
      const left = this.stock.get(line.sku) ?? warehouse.initial;
      if (left < line.count) {
        if (!line.canWait || order.isExpress) throw new Error(`no ${line.sku}`);
        continue;
      }
      this.stock.set(line.sku, left - line.count);
    }
  }

  login(request: any, directory: any) {
    const known = directory.users.find((each: any) => each.name === request.name && each.isActive);
    if (!known || known.password !== request.password) return null;
    if (known.isLocked && known.lockedUntil > Date.now()) return null;
    for (const [key, session] of this.sessions) if (session.expires < Date.now()) this.sessions.delete(key);
    this.sessions.set(request.token, known);
    return known;
  }

  report(month: any, shop: any) {
    let total = 0;
    for (const order of month.orders) {
      if (order.isCancelled || order.isTest) continue;
      total += order.total;
      if (order.isReturned) total -= order.refund;
    }
    if (total > shop.goal) this.log.push('goal reached');
    else if (total < shop.minimum) this.log.push('too little');
    return total;
  }

  papers(parcel: any, invoice: any, rates: any) {
    let tax = 0;
    for (const line of invoice.lines) {
      const rate = line.isBook || line.isFood ? rates.reduced : rates.full;
      tax += line.isExempt && invoice.isBusiness ? 0 : line.net * rate;
    }
    this.log.push(String(tax));
    if (parcel.isLetter) return parcel.weight > 50 ? 'large letter' : 'letter';
    switch (parcel.service) {
      case 'express':
        return 'E';
      case 'standard':
        return 'S';
      case 'pickup':
        return parcel.shop ? `P ${parcel.shop}` : 'P';
      default:
        return '?';
    }
  }
}
