"""The second half of `scenefacts`: the interview, directions, the phone, travel, the school and small talk."""

# ruff: noqa: E501 - a table reads best with one line an entry

TABLE = {
    "job_interview": """
interview|conversation|this talk > long: The interview takes about half an hour. | any: The interview takes about half an hour.
training|learn|(?:language )?courses?|develop\\w*|career|promot\\w+ > any: There is a training week at the beginning, and later you can take two courses a year; we pay for them.
hours > any: You would work forty hours a week, from Monday to Friday.
weekends?|saturdays?|sundays?|overtime|shifts? > any: You would work at the weekend about once a month, and you get a free day for it.
salary|wages?|earn|pay|paid|money > any: We pay fourteen pounds an hour, and more after half a year.
(?:my|the|line|direct) (?:boss|manager|supervisor)|report to|responsible for me|line manager|my manager > any: You would report to Ms Clark. She leads the team.
team|colleagues|people > any: We are a small team of eight people.
holidays?|vacation|days off > any: You would have twenty-five days of holiday a year.
from home|home office|remote\\w* > any: You could work from home one day a week, after the first three months.
canteen|lunch|eat|kitchen > price: A meal in the canteen costs four pounds. | any: Yes, there is a canteen on the ground floor, and lunch there costs four pounds.
parking|car\\b > any: Yes, there is free parking behind the building.
bus|station|public transport > any: The bus stops in front of our door.
decid\\w+|decision|hear|know|answer|next steps?|feedback|result > any: We will decide by Friday and call you.
start|begin > any: You could start on the first of next month.
contract|permanent|trial|probation\\w* > any: The contract is for one year at first; then it becomes permanent.
travel\\w*|business trips?|abroad > any: Now and then: about two days a month.
last person|before me|position (?:free|open)|job (?:free|open)|leave|left > any: The last person moved to another city, so the place is free now.
tasks?|duties|typical day|a day|responsibilit\\w+|do exactly|what would i do|job look > any: On a typical day you talk to customers, answer emails and plan the next day with the team.
clothes|wear|uniform|dress code > any: There is no uniform; clean, plain clothes are fine.
laptop|phone|equipment|computers?|software > any: You would get a laptop and a phone from us.
languages?|english > any: We speak English in the team, and other languages are welcome.
insurance|benefits?|bonus|pension > any: There is a bonus at the end of the year, and we pay into your pension.
company|customers?|clients?|products? > long: The company is twenty years old. | many: About two hundred people work here. | any: The company is twenty years old, and about two hundred people work here.
office|building|desk > where: The office is on the third floor, with a view of the river. | any: The office is on the third floor; everybody has a desk of their own.
culture|atmosphere > any: We help each other, and we have breakfast together on Fridays.
candidates?|applicants?|others > any: We are talking to five people this week.
documents?|papers|certificates? > any: Please send us your certificates by email.
@|job|position|work > price: We pay fourteen pounds an hour. | why: We are growing, so we need more people. | long: The contract is for one year at first. | where: You would work here, on the third floor. | who: You would work with a team of eight people, and Ms Clark leads it. | time: You could start on the first of next month.
""",
    "directions": """
(?:which|what) (?:bus|tram|line)|number > any: It is bus number five.
supermarket|shops?|grocery > any: Yes, there is a supermarket on the way, next to the post office.
toilets? > any: There are toilets at the station, next to the ticket machines.
pharmac\\w+|chemist > any: There is a pharmacy on the corner, next to the bank.
cash machine|atm|bank > any: The bank is in the second street on the left. It has a cash machine.
tickets? > price: A ticket costs two pounds. | any: You can buy a ticket from the driver or at the machine.
taxis? > price: A taxi costs about eight pounds. | any: There are always taxis in front of the church.
cafe|café|restaurants?|eat|food|breakfast|lunch|cheap place > price: A meal there costs about eight pounds. | any: There is a good cheap café next to the church, about three minutes from here.
hotel > any: There is a small hotel opposite the station.
parking|park (?:my|the|a) car > any: You can park behind the church. The first hour is free.
bus stop|bus > long: The bus takes five minutes. | price: The bus costs two pounds. | time: The bus comes every ten minutes. | often: The bus comes every ten minutes. | where: The bus stop is over there, in front of the church. | which: It is bus number five. | any: Yes, bus number five goes there. The stop is over there, in front of the church.
map > any: I have no map, but you can get one for nothing at the station.
church > any: It is straight on, about three minutes on foot.
museum|castle|gallery > price: It costs six pounds, I think. | time: It is open from ten to six, and closed on Mondays. | opens: Yes, it is open every day from ten to six, but not on Mondays.
hospital|police|post office > opens: Yes, it is open now. | time: It is open from eight in the morning.
dangerous|safe > any: Yes, this part of the town is quite safe.
traffic|bike|bicycle > any: You can go by bike: there is a path all the way.
on foot|walk\\w* > far: It is about ten minutes on foot. | long: It is about ten minutes on foot. | any: Yes, you can walk: it is about ten minutes on foot.
@ > long: It is about ten minutes on foot. | far: It is about ten minutes on foot. | opens: Yes, it is open every day from nine to six. | time: It is open from nine to six. | price: I think it costs six pounds. | side: It is on the left side.
""",
    "phone_call": """
mobile|(?:his|her|private|direct) number|email address > any: I'm sorry, I can't give you private numbers, but I'll ask them to call you.
opening|open\\b|close\\w*|until when > any: We are open from nine to five, from Monday to Friday.
(?:mon|tues|wednes|thurs|fri)day > have: Yes, {d} is possible. Does three o'clock suit you? | may: Yes, {d} is possible. Does three o'clock suit you?
earlier|sooner|today > any: I'm sorry, today is full, but tomorrow at nine is free.
(?:saturday|sunday|weekend) > any: I'm sorry, we are closed at the weekend.
parking|park\\b > any: Yes, you can park behind the house.
address|where|find you > any: We are at 12 Green Street, next to the library.
bring|documents?|papers > any: Please bring your passport and your papers, that is all.
cancel\\w*|change the|move the|another (?:day|time) > any: Of course, you can change it. Just call us the day before.
who am i|who is (?:this|that|speaking)|your name|speaking (?:with|to) > any: This is Sam from Green and Partners.
back|return|available|free\\b|reach (?:him|her) > any: Around three this afternoon, I think.
message > any: Of course. What shall I write down?
invoice|bill > any: I'll look it up for you. What number is on it?
confirm\\w*|email|e-mail|in writing > any: Yes, I'll send you an email with everything today.
hold|wait > any: It takes only two minutes.
never|always > why: I'm sorry, there are many meetings this week, because we have a big project.
@|appointment|repair > price: I can't say exactly yet; about sixty pounds, and we tell you the price before. | long: It takes about half an hour. | who: You can speak to me; my name is Sam. | time: At ten on Tuesday, if that suits you. | why: Everybody is in a meeting at the moment.
""",
    "travel_trouble": """
(?:when|how long|how soon)(?=.*\\b(?:suitcases?|bags?|luggage|it back|them back)) > any: Most bags come within two days. We'll call you tomorrow before ten.
phone number(?=.*\\b(?:luggage|bags?|suitcases?|office))|number of the luggage > any: The number of the luggage office is 555 0142. They are there from six to ten.
suitcases?|bags?|luggage|baggage > price: We bring it to you for nothing. | who: The luggage office looks after that; it is next to door two. | long: Most bags come within two days. | where: Your luggage is still with us. You can get it at the luggage office, next to door two. | any: Your luggage goes with you on the next one. If you need it tonight, ask at the luggage office, next to door two.
money back|refund|compensation > long: It takes about two weeks. | any: Yes, you can have your money back, or a seat on the next one.
clothes|toothbrush|buy things > any: Yes, buy what you need and keep the receipts. We pay for it.
meals?|food|eat|drink|hungry|vouchers? > any: Here is a voucher for a meal. You can use it in every restaurant here.
no (?:flight|train|plane|bus)|(?:flight|train|plane|bus) tonight|tonight(?=.*(?:flight|train|plane)) > any: I'm afraid that everything today is full; the next one leaves tomorrow at ten past seven in the morning.
hotel|sleep > price: The hotel costs you nothing: we pay for it. | who: We pay for the hotel. | long: The bus to the hotel takes ten minutes. | where: You can sleep at the Airport Hotel. The bus to it leaves from door four. | have: Yes, we have a room for you at the Airport Hotel. | any: You can sleep at the Airport Hotel, and we pay for it. The bus leaves from door four.
other (?:airline|train|company)|train instead|by train|bus instead > any: There is a train at nine this evening, but it takes all night.
gate|platform|terminal > any: It leaves from number twelve, over there.
seat|window|together > any: Yes, I have a window seat for you.
(?:next|first|new|another) (?:flight|train|plane|bus|one|connection) > price: It costs you nothing. | long: It takes two hours. | any: The next one leaves tomorrow at ten past seven in the morning.
phone\\b|call\\b|charge > any: You can use our phone, and there is a place to charge yours next to the café.
family|children|wife|husband > any: Of course, we find seats for all of you together.
wi-?fi|internet > any: Yes, the Wi-Fi here is free, without a password.
toilets?|pharmacy|shops? > any: It is over there, next to door two.
complain\\w*|complaint|manager|supervisor|boss > any: You can write to us, or speak to my manager, Ms Hall. I can call her.
guarantee|sure|certain > any: I can't promise it, but it looks good.
police|embassy > any: The police office is over there, on the left.
report|form|document|paper|certificate|in writing > any: Of course, I'll print a paper for you that says what happened.
tax\\w*|taxi > any: Take a taxi and keep the receipt. We pay for it.
@|flight|train|plane|bus > time: The next one leaves tomorrow at ten past seven in the morning. | long: It will be about two hours. | price: It costs you nothing. | who: We pay for it. | why: There was a technical problem, and safety comes first. | where: It leaves from number twelve, over there.
""",
    "school": """
students|people|class\\b|big > any: There are never more than ten students in a class.
books?|material > price: The book is included in the price. | any: Yes, you need one book, and it is included in the price.
teachers? > where: She is from Wales. | any: Your teacher is called Helen. She is from Wales.
certificates?|exams?|diploma > price: The exam costs forty pounds. | any: Yes, there is an exam at the end, and you get a certificate.
(?:which|what) days?|days > any: On Tuesdays and Thursdays.
placement|test|level|which course > long: The test takes twenty minutes. | any: You do a short test first, and then we know your level.
homework > any: Yes, about half an hour after each lesson.
online > any: Yes, there is also an online course on Tuesday evening.
evenings?|mornings?|weekends?|saturdays? > any: There are courses in the morning at nine and in the evening at seven.
lessons?(?=.*\\b(?:time|when|start|begin)) > any: The lessons start at nine in the morning, or at seven in the evening.
start|begin > any: The course starts on Monday at nine, or at seven in the evening.
how long|lessons?|hours|often|times a week > price: It costs ninety pounds a month, with the book. | any: A lesson takes ninety minutes, twice a week.
discount|cheaper|students? card > any: Yes, students pay seventy pounds instead of ninety.
pay\\b|instal\\w+|card|cash > any: You can pay by card or in cash, once a month.
miss|ill|absent > any: You can come to another group in the same week.
cancel\\w*|stop > any: You can stop at the end of every month.
trial|try > any: Yes, the first lesson costs nothing.
parking|bus|station > any: The bus stops in front of the school, and you can park behind it.
cafe|café|canteen|eat|drinks? > any: Yes, there is a small café on the ground floor.
room|classroom|address|where > any: The classroom is on the second floor, number 21.
register|sign|form|documents?|need > any: You only fill in this form and show your passport.
computers?|library|wi-?fi > any: Yes, there is a room with computers and books on the first floor.
@|course > price: It costs ninety pounds a month, with the book. | long: The course takes three months. | time: The course starts on Monday at nine, or at seven in the evening. | who: Your teacher is called Helen. | where: The classroom is on the second floor, number 21.
""",
    "small_talk": """
your name > any: I'm Sam.
for (?:a )?living|your job|your work|do you do\\b > any: I work in a museum. I show school classes the dinosaurs.
host|birthday child|the people here|anyone here|anybody here > any: We went to school together, a long time ago.
buy|bought > any: I bought it at a small shop near the station.
music|song|band > any: I like it. It is jazz, I think.
food|cake|eat > any: The cake is very good. Try it!
drinks?|bar|beer|wine > any: The drinks are over there, in the kitchen.
toilets?|bathroom > any: It is upstairs, the second door on the left.
photo|picture > any: Of course, give me your phone.
dance > any: Oh, I dance very badly, but why not?
""",
}  # fmt: skip
