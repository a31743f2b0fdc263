// An editor that also saves, prints, checks the spelling and knows the licence.
export class Editor {
  text = '';
  private history: string[] = [];
  private words = new Set<string>();
  private jobs: string[] = [];
  private theme = 'light';

  insert(cursor: any, piece: any) {
    if (piece.isEmpty || cursor.isReadOnly) return;
    const at = cursor.offset < 0 ? 0 : cursor.offset;
    if (cursor.selection && cursor.selection.size > 0) this.text = this.text.slice(0, at);
    this.text = this.text.slice(0, at) + (piece.raw || piece.html) + this.text.slice(at);
  }

  remember(change: any) {
    if (change.isSilent) return;
    if (change.kind === 'undo' || change.kind === 'redo') return;
    if (this.history.length > change.limit) this.history.shift();
    this.history.push(change.kind);
  }

  spelling(document: any, language: any) {
    const wrong = [];
    for (const word of document.words) {
      if (word.isNumber || word.isName) continue;
      if (this.words.has(word.text) || language.words.has(word.text)) continue;
      if (language.joins && word.parts.every((part: string) => language.words.has(part))) continue;
      wrong.push(word);
    }
    return wrong;
  }

  print(printer: any, pages: any) {
    for (const page of pages.all) {
      if (page.isBlank && !printer.printsBlank) continue;
      if (printer.isDuplex && page.number % 2 === 1) this.jobs.push('turn');
      this.jobs.push(printer.isColour || page.isBlack ? 'print' : 'convert');
    }
    if (printer.ink < 5) this.jobs.push('ink');
    else if (printer.paper === 0) this.jobs.push('paper');
  }

  style(system: any, user: any) {
    if (user.theme) this.theme = user.theme;
    else if (system.isDark || system.hour > 20) this.theme = 'dark';
    else this.theme = 'light';
    return user.contrast && system.canContrast ? `${this.theme} high` : this.theme;
  }

  licence(key: any, date: any) {
    if (!key || key.isRevoked) return 'none';
    if (key.until < date.now) return key.isTrial ? 'trial over' : 'over';
    switch (key.level) {
      case 1:
        return 'home';
      case 2:
        return 'team';
      case 3:
        return 'company';
      default:
        return 'unknown';
    }
  }

  publish(site: any, account: any) {
    if (!account.isOpen || account.quota === 0) return false;
    for (const asset of site.assets) {
      if (asset.size > account.limit && !account.isPro) return false;
      if (asset.isPrivate || asset.isDraft) continue;
      site.uploaded.push(asset.name);
    }
    return site.uploaded.length > 0 || site.isEmpty;
  }
}
