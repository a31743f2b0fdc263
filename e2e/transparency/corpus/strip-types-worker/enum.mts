export enum E {
  A,
}
