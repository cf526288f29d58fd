/** A date with its time, or a UUID. */
const unique = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\w.:+]*|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** Returns the sentences that say something else than one, each once: another time or key makes no other form. */
export const otherForms = (told: string, sentences: readonly string[]): string[] => {
  const formOf = (sentence: string): string => sentence.replaceAll(unique, '');
  const forms = new Map(sentences.map((sentence) => [formOf(sentence), sentence]));
  forms.delete(formOf(told));
  return [...forms.values()];
};
