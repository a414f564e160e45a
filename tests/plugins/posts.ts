/** Posts for the plugins' tests: fiction, written for them, in the register of support forums. */

export interface TestPost {
  readonly title: string
  readonly body: string
}

/** 80 to 300 words each. */
export const posts: readonly TestPost[] = [
  {
    title: "My manager gave my audit to someone else",
    body: `I spent five weeks building the stock audit for our warehouse. Spreadsheets at home, two Saturdays, the lot. On Monday my manager stood up in the canteen and thanked a colleague for "his" audit, and the colleague just grinned and took the voucher. I was so angry that I went and counted pallets for an hour so I wouldn't say something.

I have asked for a word with her twice and both times she had a call. The forklift lads keep asking why I'm quiet. I'm furious, and also I feel stupid for not putting my name on every page. It's not the voucher. It's that next month they pick the shift lead and I bet you they point at that audit.`
  },
  {
    title: "dad's chair",
    body: `we buried my dad in march and my mum still lays a plate for him. she's seventy one and she talks to his chair while she peels the potatoes. i drive up every sunday, two hours each way, and i sit there and i can't eat.

my brother says leave her to it. he hasn't been since the funeral because of the harvest. i'm not even sad in a normal way, i cry in the car wash because nobody can see in. then i go home and my husband asks how it was and i say fine. i miss dad's whistling. i recorded the answerphone message before they cut the line off and now i'm scared to play it in case it deletes itself.`
  },
  {
    title: "Exam number three",
    body: `This is the third time I'm sitting the nursing board exam and it's on the 14th. I failed the first by nine points and the second by two. My whole church knows because my auntie put me on the prayer list, with my name and everything.

I study after the night shift, from seven until my eyes cross. I'm so anxious that I've started counting the tiles in the bathroom at work. When I open the book my hands go cold and I read the same line about potassium again and again. If I fail I have to wait a year and my visa won't wait a year. My flatmate passed first time and she's lovely about it, which is somehow worse.`
  },
  {
    title: "I said something to my stepdaughter",
    body: `She's fourteen and she'd left wet towels on the stairs for the third day running. I had burnt the rice, the dog had been sick, and I told her that her mother was right to move out. It was out before I knew. She didn't shout. She folded the towels, one after the other, put them on my arm and went up.

That was eight days ago. She says good morning and thank you like a lodger. My partner doesn't know and I haven't told him. I feel so guilty that I can't look at the towels. I bought her the trainers she wanted and she left the box closed on the landing. I know whose fault this is. I just want to undo one sentence.`
  },
  {
    title: "Nobody came",
    body: `I turned thirty on Friday. I'd booked the back room of the noodle place for eleven people, paid the deposit, made a playlist. By nine o'clock there was me and a cousin who thought it was a work thing. The group chat was full of "so sorry, babysitter", "so sorry, train". One of them posted a picture from another bar at ten.

The waiter brought the cake with the sparkler anyway and sang by himself. I have moved cities three times for work and every time I tell myself it takes a year. I feel so lonely, and embarrassed on top of it, like I've been caught pretending to have friends. The leftover dumplings are still in my freezer, six bags of them.`
  },
  {
    title: "third loan",
    body: `i owe 6,400 on three cards and my wife thinks it's one card and eight hundred. it started with the van gearbox, then the roof, then i was just moving it round. i get up before the post comes. i've told her the letters are from the union.

she's been saving coins in a jar for a weekend by the sea and she counts it out on the bed, so pleased. i was ashamed before but now i'm just afraid, all the time, like there's somebody stood behind me. last night she said we should use the jar for something sensible and i nearly told her. i said the sea was sensible. i don't know how people say a thing like this out loud.`
  },
  {
    title: "Overheard the other mums",
    body: `My son is six and he flaps his hands when he's excited. At the swimming lesson yesterday I was behind the lockers and heard two mums from his class say they hoped he wouldn't be in the same lane because it "sets the others off". One of them has eaten at my table. I brought her soup when she had her operation.

I walked out with my hair wet and my shoes in my hand. He asked me why my face was red and I told him it was the chlorine. I'm hurt in a way that I can't put down. There's a birthday on Saturday, hers, and the invitation is on our fridge with a shark on it that he coloured in himself.`
  },
  {
    title: "Working from the kitchen since the spring",
    body: `Since the call centre closed its building I take complaints at the kitchen table, nine hours a day, for a parcel company. My two are at the other end doing worksheets, or not doing worksheets. The toddler next door screams through the wall. I've got a blanket over the window because of the glare, so it is always evening in here.

I'm exhausted. I say "I do understand your frustration" about eighty times a shift, and last week I said it to my own daughter when she dropped the milk. She looked at me as if I was a machine. My supervisor sent a smiley about my average handling time. I sit in the shower until the water runs cold because no one can ring me there.`
  },
  {
    title: "He read my journal and now it's a joke",
    body: `My boyfriend found my journal when we moved the wardrobe. I'd written in it since I was seventeen, about my mother's drinking and about how I used to eat. He read it over two evenings, while I was at the evening course. I only know because he quoted it. At a dinner, with his friends, as a funny voice.

Everybody laughed and I laughed. Then I went and stood in their bathroom next to a cat litter tray and felt betrayed and cold all through. He says I'm making a drama, that he was proud of how well I write. I've moved the journal to my locker at the swimming pool. I keep thinking of which pages he had open, and that he dog-eared one.`
  },
  {
    title: "The neighbours' drums",
    body: `Every evening from six until half past nine, drums. He's nineteen and in a band, and his parents bought him the kit as a reward for passing something. Our walls are the thickness of a cracker. My husband works early at the bakery so he's asleep by eight, or he used to be.

I have been round four times with biscuits and a smile. The mother says boys need an outlet. I am so frustrated that on Tuesday I hit the wall with the flat of a pan, like a madwoman, and cracked the plaster, and now that's ours to pay. The landlord says to keep a diary. I have a diary of drums. It goes to page thirty and it's driving me up the crooked wall.`
  },
  {
    title: "Scan on thursday",
    body: `They found a shadow on my wife's lung when she went about her shoulder. The scan's on thursday at 11.20. She's forty four and has never smoked, she plays the trombone. She's out there now varnishing the shed because it's forecast dry, whistling, and I'm sat in the van outside the builders' merchant and I can't get out of it.

I'm terrified and I'm no good at it. I looked up numbers on my phone last night, and then I looked up different numbers. She's asked me not to say anything to the girls till we know. The little one asked me at bedtime if trombones can rust and I had to go and check the back door. I've ordered the sand and I've forgotten the cement twice.`
  },
  {
    title: "Got the place and can't be happy",
    body: `So I got into the conservatory. Viola, full bursary, out of two hundred and something. And my best friend since we were nine, who taught me how to hold the thing, got the thin envelope. We'd planned the flat. We had names for the plants.

She hugged me and said she was glad and then she didn't come to orchestra. Her mum says she's got a cold. I feel guilty every time my phone goes with congratulations, and I'm a bit resentful as well, because this was going to be the best week of my life, and I hate that I think that. I have the letter in a drawer. I walk past her house with my case on the other side of the road.`
  },
  {
    title: "sent my father to the home",
    body: `He is eighty eight and he fell three times in one month, so my sisters and I signed the paper. In our village you don't do that. My aunt in Tirana rang to ask if I had no shame. The home is clean, the nurse is good, he has a window with a plum tree.

But on Sunday he had his coat on and his hat, sitting on the bed. He thought that I had come to take him. I sat with him and we looked at the tree and then I had to leave, and he stood up as well. I heard the stick behind me in the corridor until the door. I am so ashamed, and I'm tired, and I still think we could not do another thing.`
  },
  {
    title: "Second interview, same answer",
    body: `Fifty three years old, thirty of them in print, and yesterday a boy with a skateboard under his desk told me that I was "maybe a lot of experience for the role". That's the second interview this month and the nineteenth application since the plant closed. They always walk you to the lift. They're always very kind by the lift.

I'm so disappointed I could not tell my wife, so I had a coffee for two hours and came home at the usual time. She'd ironed a shirt for the next one. The redundancy money runs out in February. I set type for half the newspapers in this county and now I can't fill in the box that asks for my "personal brand" without feeling like an old fool.`
  }
]

/** 11 to 29 words each, half of them pleasant, without a title. */
export const situations: readonly TestPost[] = [
  "i was so happy when my sister came home from the army last week, i felt so proud of her at the airport",
  "My neighbor fixed my fence while I was in the hospital and would not take a cent. I am so grateful to him.",
  "I'm so excited, we finally booked our trip to the lake next summer and the cabin has a canoe!",
  "I finished my first marathon on Sunday. I trained all winter in the snow and I could not believe it.",
  "My goldfish died this morning and I cried in front of the whole bus. I feel so sad about it.",
  "I was really scared last night when somebody rattled our back door and then walked round the garage",
  "My roommate ate the soup my grandmother sent me and put the empty pot back in the fridge! I was furious.",
  "i lied to my best friend about the concert ticket and i feel so guilty, she trusted me with it"
].map((body) => ({ title: "", body }))
