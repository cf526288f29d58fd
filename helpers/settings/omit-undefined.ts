type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Returns an object without the fields that are undefined. */
export const omitUndefined = <Fields extends object>(fields: Fields): Defined<Fields> => {
  const kept: Defined<Fields> = { ...fields };
  for (const name in kept) if (kept[name] === undefined) Reflect.deleteProperty(kept, name);
  return kept;
};
