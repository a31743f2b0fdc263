// Many fields, and nothing that decides.
export class Address {
  constructor(
    public name: string,
    public street: string,
    public city: string,
    public country: string,
    public phone: string,
    public mail: string,
    public notes: string,
  ) {}

  toString() {
    return `${this.name}, ${this.street}, ${this.city}, ${this.country}`;
  }

  equals(other: Address) {
    return this.name === other.name && this.street === other.street && this.city === other.city;
  }

  copyFrom(other: Address) {
    this.name = other.name;
    this.phone = other.phone;
    this.mail = other.mail;
    this.notes = other.notes;
    this.street = other.street;
    this.city = other.city;
  }
}
