"""What a part knows about its scene: for each thing what it costs, when and where it is, who, how long, and so on.

A line is a thing (a pattern), then answers by kind of question (`inquiry.KINDS`). `any` answers every other kind; a thing
`@` is what the scene itself is about, for questions with “it”, or without a thing. `officefacts` has the other scenes.
"""

# ruff: noqa: E501 - a table reads best with one line an entry

TABLE = {
    "hotel": """
parking|car park|garage|my car > price: The car park is free for guests. | any: The car park is behind the hotel, and it is free for guests.
breakfast > time: Breakfast is from seven to ten, in the room next to the lift. | price: Breakfast is included in the price. | where: Breakfast is in the room next to the lift. | which: There are eggs, bread, cheese, fruit and good coffee. | have: Yes, breakfast is included; it is from seven to ten. | may: Breakfast is from seven to ten. If that is too early or too late for you, we can make you a breakfast bag. | any: Breakfast is from seven to ten, and it is included.
lift|elevator > any: Yes, the lift is just round the corner, on the left.
leave (?:the|my|our) room|(?:my|the|our) room(?=.*\\b(?:until|how late|how long)\\b) > time: Check-out is until eleven o'clock. | late: You can stay until two o'clock; it costs twenty pounds more. | long: Check-out is until eleven o'clock. | any: Check-out is until eleven o'clock.
floor|my room|the room|our room|stairs > floor: Your room is number 12, on the first floor. | where: Your room is number 12, on the first floor. | time: Your room is ready now. | big: It is quite big, with a double bed and a desk.
wi-?fi|internet|password|wlan > price: The Wi-Fi is free. | any: Yes, the Wi-Fi is free, and the password is on your key card.
pharmac\\w+|chemist|drugstore > any: Yes, there is a pharmacy in the next street, five minutes on foot.
bank|cash machine|atm|money exchange|change money > any: There is a bank with a cash machine opposite the hotel.
supermarket|grocery|shops? > time: It is open until eleven at night. | any: There is a small supermarket next door, open until eleven.
station|trains?|metro|underground|subway|tram > long: The station is ten minutes away by bus. | any: The station is ten minutes away: take bus number five in front of the hotel.
taxis?(?=.*airport)|airport(?=.*taxi) > price: A taxi to the airport costs about thirty pounds. | clock: Of course, your taxi to the airport comes at {t}. | any: Of course, I can order a taxi to the airport for you.
taxis? > clock: Of course, your taxi comes at {t}. | price: A taxi to the centre costs about twelve pounds. | any: Of course, I can order a taxi for you: it comes in five minutes.
airport|shuttle > price: The airport bus costs six pounds. | any: The airport bus leaves every half hour from the front of the hotel; it takes forty minutes.
dogs?|cats?|pets?|animals? > price: It is ten pounds a night for an animal. | any: Yes, dogs and other small animals are allowed in the rooms; it costs ten pounds a night.
balcon\\w+|terrace > any: The rooms with a view of the sea have a balcony.
smok\\w+|cigarette > any: I'm sorry, you can't smoke in the rooms, but you can in the garden.
wake-up|wake (?:me|us)(?: up)?|alarm > clock: Of course, we'll wake you at {t}. | any: Of course. At what time shall I wake you?
bar|drinks?|cocktails? > time: The bar is open until midnight. | any: The bar is on the ground floor, and it is open until midnight.
dinner|lunch|restaurants?|eat|food|hungry > near: There is a good one, the Lotus, five minutes on foot. Turn left at the door. | time: Our restaurant serves dinner from six to ten. | price: A dinner costs about fifteen pounds. | any: Our restaurant is on the ground floor; dinner is from six to ten.
pool|swim\\w* > time: The pool is open from eight to eight. | price: The pool is free for guests. | any: Yes, the pool is on the top floor, open from eight to eight, and it is free.
gym|fitness|sauna|spa > price: It is free for guests. | any: Yes, it is in the basement, open from six in the morning until ten, and free for guests.
suitcases?|bags?|luggage > who: Our porter, Tom, can carry them to your room. | help: Of course, our porter, Tom, carries them to your room. | any: You can leave your bags here at the reception, also after check-out.
check-?out > late: You can stay until two o'clock; it costs twenty pounds more. | any: Check-out is until eleven o'clock.
check-?in > any: Check-in is from two o'clock, but your room is ready now.
credit cards?|card|cash|pay\\b|visa|mastercard > time: You can pay now or when you leave, as you like. | any: Yes, you can pay by card or in cash.
city cent(?:re|er)|cent(?:re|er)|old town|downtown > long: It is fifteen minutes on foot. | any: The centre is fifteen minutes on foot: go straight on along this street.
sights?|museums?|to (?:see|visit|do)|tourist\\w* > any: I'd go to the old harbour and to the castle; on Saturday there is a nice market, too.
beach > long: The beach is ten minutes on foot. | any: The beach is ten minutes on foot, behind the park.
come (?:back|home|in)|front door > any: You can come in at any time of the night: your key card opens the door.
towels?|pillows?|blankets?|iron|hair ?dryer > any: Of course, I'll send it to your room.
map > any: Of course, here is a map of the town. It is free.
children|kids?|baby|cot > price: Children under six pay nothing. | any: Yes, of course. We can put a small bed into your room.
laundry|wash\\w*|dry clean\\w* > any: Yes, give us your clothes before nine, and you get them back in the evening.
air ?condition\\w*|heating > any: Yes, in every room. The button is next to the door.
quiet|noise|noisy > any: Yes, it is quiet: the rooms look out on the garden.
upgrade|suite|bigger room|better room|double room|single room > price: That room is thirty pounds more a night. | any: Yes, one is free. It costs thirty pounds more a night.
another night|longer|extra night > any: Yes, your room is free, so you can stay another night for the same price.
passport|id card|document > any: I only need your passport for a moment, and you get it back at once.
manager|boss > any: Our manager is Ms Reed. I can call her for you.
key > any: Of course, here is your key: room 12, on the first floor.
deposit > any: No, you don't have to pay a deposit.
cancel\\w* > any: You can cancel until six o'clock on the day before; it costs nothing.
invoice|receipt|bill > any: Of course, I'll print it for you when you leave.
@|room|night|view > price: A night is 95 pounds, with breakfast. | long: You can have the room as long as you like. | floor: Your room is on the first floor.
""",
    "restaurant": """
smok\\w+|cigarettes? > any: I'm sorry, you can't smoke in here, but you can on the terrace.
terrace|outside|garden > any: Yes, we have a table free on the terrace.
toilets?|bathroom|restroom|loo|wc|wash my hands > any: The toilets are at the back, on the left.
without alcohol|non-?alcoholic|no alcohol > any: Without alcohol we have juice, lemonade, water and beer without alcohol.
all ?together|in total|the whole > any: That is forty-two pounds all together.
gluten > any: Yes: the risotto and the grilled fish are without gluten.
lactose|vegan > any: Yes: the vegetable curry and the tomato soup have no milk in them.
desserts? > price: A dessert is six pounds. | any: For dessert we have apple cake, chocolate cake, ice cream and strawberries with cream.
ice cream > price: Ice cream is five pounds. | which: We have vanilla, chocolate and strawberry ice cream. | any: Yes, we have vanilla, chocolate and strawberry ice cream.
soups? of the day|today'?s soup > price: A soup is six pounds. | what: Today we have tomato soup and onion soup. | any: Today we have tomato soup and onion soup.
soups? > price: A soup is six pounds. | which: Today we have tomato soup and onion soup. | have: Yes, tomato soup and onion soup. | what: It has tomatoes, onions and a little cream in it. | any: Today we have tomato soup and onion soup.
(?:what|which|kinds? of|sorts? of) fish|fish (?:do|have|is there) > any: Today we have salmon, trout and cod, all fresh.
salmon|trout|cod|fish > price: The fish is fifteen pounds. | what: It comes with rice, lemon and vegetables. | fresh: Yes, it came from the market this morning. | which: Today we have salmon, trout and cod. | have: Yes, today we have salmon, trout and cod. | spicy: No, it isn't spicy. | long: The fish takes about fifteen minutes.
steak|beef > price: The steak is eighteen pounds. | what: It comes with chips and a green salad. | long: The steak takes about twenty minutes. | have: Yes, we have, with chips or with vegetables.
chicken > price: The chicken is thirteen pounds. | what: It comes with rice and a mild sauce with herbs. | spicy: No, the chicken is quite mild.
risotto > price: The risotto is twelve pounds. | what: There are mushrooms, onions, white wine and cheese in it. | spicy: No, the risotto isn't spicy.
lasagne > price: The lasagne is twelve pounds. | what: There are tomatoes, aubergines and cheese in it, and no meat.
pizzas? > price: A pizza is eleven pounds. | which: We have pizza with ham, with mushrooms or with four cheeses. | what: There are tomatoes, cheese and basil on it.
pasta|spaghetti|noodles > price: The pasta is eleven pounds. | which: We have it with tomatoes, with cheese or with seafood. | what: It has tomatoes, garlic and basil in it.
curry > price: The curry is twelve pounds. | what: There are vegetables, rice and coconut milk in it. | spicy: It is a little spicy, but I can ask for less.
burgers? > price: A burger is twelve pounds. | what: It comes with salad, onions and chips.
salads? > price: A salad is eight pounds. | which: We have a green salad and a tomato salad. | what: There are tomatoes, cucumber and olives in it.
vegetarians?|without meat|no meat|vegetables > which: Without meat we have vegetable lasagne, mushroom risotto and a vegetable curry. | any: I'd take the vegetable lasagne or the mushroom risotto: both are without meat.
wines? > price: A glass of wine is five pounds. | which: We have a dry white wine from Italy and a red one from Spain. | rec: With fish I'd take the white wine. | any: We have a dry white wine from Italy and a red one from Spain.
beers? > price: A beer is four pounds. | which: We have dark beer, light beer and beer without alcohol. | any: Yes, we have dark beer, light beer and beer without alcohol.
tap water > have: Of course, and it costs nothing. | any: Of course, and it costs nothing.
drinks? > price: A drink is between three and five pounds. | which: We have water, juice, beer, wine, tea and coffee. | any: We have water, juice, beer, wine, tea and coffee.
water|juice|lemonade|cola|coke > price: That is three pounds. | have: Yes, of course, big or small.
coffees?|tea|espresso|cappuccino > price: A coffee or a tea is three pounds. | have: Yes, of course. Shall I bring one?
lobster > price: The lobster is thirty pounds. | any: The lobster comes fresh from the coast, and so it is expensive.
menu of the day|lunch menu|set menu|daily menu > price: The menu of the day is sixteen pounds. | any: It is a soup, a main dish and a dessert, for sixteen pounds.
tip|service > any: Yes, the service is included. A tip is welcome, but you don't have to give one.
credit cards?|card|cash|pay\\b > any: Yes, you can pay by card or in cash.
children|kids?|high ?chair|small portion > any: Yes, we have small portions for children, and a chair for the little one.
nuts|peanuts|allerg\\w+ > any: I'll ask the kitchen. If there are any in it, we cook it without them.
cook|chef|kitchen > who: Our cook is called Marco; he comes from Naples. | time: The kitchen is open until half past ten. | any: Everything is made fresh in our kitchen.
birthday|party > any: Of course, we have a room for up to twenty people.
parking|car park > any: There is a car park behind the church, and it is free in the evening.
taxis? > any: Of course, I'll call a taxi for you.
wi-?fi|password > any: Yes, the Wi-Fi is free. The password is “risotto”.
music > any: There is live music on Friday evenings.
window|other table|another table|corner|quiet(?:er)? > any: Of course, you can have the table by the window.
reservation|book|reserve > any: Of course. For which day, and for how many people?
menu|english > any: Of course, here is the menu. It is in English, too.
bread|butter > price: The bread costs nothing. | any: Of course, I'll bring you some bread.
sauce|side dish\\w*|sides > any: It comes with a mushroom sauce or with a pepper sauce.
portion|big enough > any: The portions are quite big.
wait\\b|take|ready|kitchen|food|it|long > long: It takes about fifteen minutes.
@|main (?:dish|course)\\w*|dish\\w*|menu > price: The main dishes cost between eleven and eighteen pounds. | which: Today we have fish, steak, chicken, pizza, risotto and lasagne. | time: We are open until eleven. | big: The portions are quite big. | spicy: It is only a little spicy. | fresh: Yes, everything is made in our kitchen today. | why: The cook uses only fresh things, and they have their price.
""",
    "shopping": """
try (?:it|them|this|these|that|on)|changing|fitting room > any: Of course, the changing rooms are over there, on the right.
discounts?|students?|reduc\\w+|sales? > any: Yes, students get ten per cent less. Please show me your card.
guarantee|warranty > any: You have a guarantee of two years.
bring (?:it|them|this|that) back|take (?:it|them) back|return|exchange|money back|refund|changed?\\b > long: You have thirty days for that. | any: Yes, you can bring it back within thirty days with the receipt.
receipt > any: Of course, the receipt is in the bag.
made of|material|cotton|wool|leather|silk > any: It is mostly cotton, with a little wool.
made in|come from|comes from|produced > any: It is made in Portugal.
wash\\w*|clean\\w*|iron > any: You can wash it at thirty degrees, but please don't put it into the dryer.
waterproof|rain|water > any: Yes, it keeps the rain out.
warm|winter|cold > any: Yes, it is very warm.
difference|compare > any: The first one is lighter, the other one is cheaper and lasts longer.
gift|present|wrap\\w* > any: Yes, of course, I can wrap it for you. It costs nothing.
how much(?=.*\\bbag)|bags?\\b(?=.*(?:cost|free|need|have a)) > any: A paper bag costs twenty pence.
credit cards?|card|cash|pay\\b|instal\\w+ > any: Yes, you can pay by card or in cash.
deliver\\w*|home\\b|send|ship\\w* > price: Delivery costs four pounds. | long: It takes three days. | any: Yes, we can send it to your home in three days.
order\\b > any: Yes, I can order it for you. It takes a week.
clos\\w+|open\\w*|until when|late > any: We are open from nine in the morning until eight in the evening.
toilets?|bathroom > any: The toilets are on the second floor, next to the café.
lift|elevator|escalator|stairs > any: The lift is at the back, next to the cash desk.
all ?together|in total > any: That is twenty pounds all together.
cash desk|till|checkout|where (?:can|do|must|should) (?:i|we) pay > any: The cash desk is over there, next to the door.
parking|car park > any: The car park is under the shop. The first hour is free.
men|women|children|kids > where: That is on the first floor, at the back. | any: Yes, we have it for men, women and children.
shoes?|boots > where: The shoes are on the first floor. | which: We have running shoes, walking shoes and boots.
manager|boss > any: Our manager is Mr Price. I can call him for you.
cheaper|less expensive > any: Yes, this one is on sale: fifteen pounds.
pockets? > any: Yes, it has two pockets outside and one inside.
new\\b > any: Yes, it came in this week.
@|jacket|coat|shirt|dress|trousers|bag|phone|one|pair > price: It costs twenty pounds. | rec: I'd take the first one: it suits you, and it lasts long. | colour: Yes, we have it in {c}. | colours: We have it in blue, green, black and grey. | size: Yes, we have it in size {n}. | sizes: We have all sizes from small to extra large. | why: It is very well made, and so it lasts for years. | where: It is on the first floor, on the left.
""",
    "doctor": """
contagious|infectious|catch\\b|pass it on|my (?:children|family|kids|baby|wife|husband)(?= (?:get|catch|also|too)) > any: It can be contagious in the first days. Wash your hands often, and keep a little distance from your children and family.
broken > any: I don't think that it is broken, but we'll take an X-ray to be sure.
x-?rays? > any: Yes, I'd like an X-ray, to be sure. You can have it here today.
blood|tests? > long: You get the results in two days. | time: You get the results in two days. | any: Yes, a blood test is a good idea. We do it today, and it takes five minutes.
results? > any: You get the results in two days. We call you.
examin\\w+ > any: Yes, I'll examine you now. It doesn't hurt.
stay in bed|in bed|rest\\b > any: Rest at home for two days; you needn't stay in bed all the time.
alcohol|wine|beer > any: No alcohol with these tablets, please.
coffee > any: A little coffee is all right, but not in the evening.
smok\\w+ > any: It would be much better not to smoke now.
eat|food|diet|meals > meals: After meals, with a glass of water. | any: Eat light food for three days: rice, toast, bananas or a clear soup, and nothing fat.
(?:gets?|becomes?|feel|is) (?:much )?(?:worse|stronger)|more strong > any: If it gets worse, call us at once. At night, go to the hospital.
sport|football|run\\w*|gym|train\\w*|swim\\w*|play|jog\\w*|cycl\\w+|dance > any: No sport for one week, please. After that begin slowly.
travel\\w*|fly\\w*|flight|holiday > any: Wait until you feel well again; in about a week you can travel.
drive|car > any: Please don't drive today: the tablets make you tired.
work\\b|office|school > any: Stay at home for two days, and then go back if you feel better.
sick note|certificate|paper for|note for > any: Of course, I'll write you a sick note for three days.
side effects? > any: They can make you a little tired. If you feel bad, stop and call us.
how many (?:tablets|pills|drops|times|of them|of these)|how often > any: Take one tablet in the morning and one at night.
pharmacy|buy|get (?:the|this|these|it|them)\\b > any: You can get the tablets at the pharmacy next door.
tablets?|pills?|medicines?|antibiotics?|drops|syrup > price: You pay five pounds at the pharmacy. | long: Take them for five days. | meals: After meals, with a glass of water. | time: Take them after meals, with a glass of water. | where: You can get them at the pharmacy next door. | what: They are against the pain, and they are not very strong. | why: They make the pain weaker and help you to sleep.
prescription > any: Here is your prescription. The pharmacy is next door.
operation|surgery > any: No, you don't need an operation.
hospital|emergency|ambulance > any: If the pain gets strong, or you have a high fever, go to the hospital at once. If not, come back on Friday.
specialist > any: Yes, I'll give you a letter for a specialist.
come back|next appointment|see you again|appointment > any: Please come back on Friday morning at nine.
get better|be better|feel better|get well|is well|be healthy|healthy again|recover\\w*|be over|heal\\w*|last\\b > any: Most people feel better in one or two weeks.
insurance|pay\\b|cost\\w*|price|money > any: Your insurance pays for it.
i have\\b|have this|wrong with me|the reason|caus\\w+|from\\b > why: Often it comes from stress or too little sleep, or from something that you have eaten. We'll find out why. | what: It looks like something light, but I'll examine you to be sure.
serious|dangerous|bad\\b > any: I don't think that it is serious, but I'll examine you to be sure.
shower|bath > any: Yes, a warm shower is fine.
sleep > any: Try to sleep eight hours, and keep the room cool.
@ > long: Most things of that kind take one or two weeks. | price: Your insurance pays for it. | why: I can't say yet; the tests will tell us why. | time: Come back on Friday morning at nine, please.
""",
}  # fmt: skip
