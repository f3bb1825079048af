/** What one may read aloud: `clip` is a recording of it, `who` reads in that. */
export const SENTENCES = [
  { text: "Let us know if you have any other questions.", clip: "so762-008110159", who: "learner" },
  { text: "She dropped only nine points in the second set.", clip: "so762-012280054", who: "learner" },
  { text: "Concord returned to its place amidst the tents.", clip: "6930-75918-0000", who: "native" },
  {
    text: "And so my fellow Americans, ask not what your country can do for you, ask what you can do for your country.",
    clip: "jfk",
    who: "kennedy",
  },
  { text: "And it is worth mention in passing that, as an example of fine typography,", clip: "LJ001-0006", who: "native" },
  { text: "I would like a cup of tea and a piece of cake, please.", clip: null },
  { text: "The weather has been rather cold for this time of the year.", clip: null },
  { text: "Three thousand thirsty travellers thought about the theatre on Thursday.", clip: null },
];
