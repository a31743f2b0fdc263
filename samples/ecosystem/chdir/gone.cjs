exports.name = 'read while elsewhere'; exports.fromNowhere = () => [1, 2, 3].map((n) => n * n);
