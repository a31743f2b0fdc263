// It answers requests; somebody else knows where things are.
export class UserController {
  constructor(private readonly store: { find(id: string): Promise<object>; save(user: object): Promise<void> }) {}

  async get(req: any, res: any) {
    res.json(await this.store.find(req.params.id));
  }

  async create(req: any, res: any) {
    await this.store.save(req.body);
    res.sendStatus(201);
  }

  async update(req: any, res: any) {
    await this.store.save({ ...req.body, id: req.params.id });
    res.sendStatus(204);
  }
}
