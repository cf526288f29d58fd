const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What finds a scenario that is known as `file › title`, or as its file alone. */
export function scenarioNamed(name: string | undefined): { file?: RegExp; title?: RegExp } {
  const [file, title] = name?.split(' › ') ?? [];
  return {
    ...(file !== undefined && { file: new RegExp(escapeRegExp(file)) }),
    ...(title !== undefined && { title: new RegExp(escapeRegExp(title)) }),
  };
}
