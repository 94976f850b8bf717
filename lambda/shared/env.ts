/** Value of an environment variable that the construct of the function sets. */
export const requireEnv = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`the environment variable ${name} is not set: deploy this function with its construct`);
  }
  return value;
};
