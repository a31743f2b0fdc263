// As statecharts write it.
export const payment = {
  initial: 'open',
  states: {
    open: { on: { PAY: 'paid', CANCEL: 'cancelled' } },
    paid: { on: { REFUND: { target: 'refunded' } } },
    refunded: { type: 'final' },
    cancelled: { type: 'final' },
  },
};
