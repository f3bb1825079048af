export function io(address: string, options: object): any;
