"""What words mean in a scene, before any dictionary: a starter in a restaurant is food and no motor."""

from language.tutor import stage
from language.tutor.turns import ChatTurn

_ALL = """
starter|a small dish that you eat before the main course|We had soup as a starter.
main course|the biggest dish of a meal|Fish is my main course today.
course|one part of a meal; a dinner can have three courses|The first course was soup.
dessert|something sweet that you eat at the end of a meal|For dessert I had ice cream.
bill|the paper that says how much you have to pay|Could we have the bill, please?
tip|a little money that you give to the waiter|We left a tip of five pounds.
menu|the list of the food that you can order|Could I see the menu, please?
dish|a kind of food that is cooked in one way|Risotto is an Italian dish.
still|without gas, of water|Still water, please.
sparkling|with gas, of water|A bottle of sparkling water, please.
rare|cooked only for a short time, of meat|I like my steak rare.
medium|cooked so that it is still a little pink inside, of meat|Medium, please.
reservation|an agreement that a table or a room is kept for you|We have a reservation for eight o'clock.
booking|an agreement that a room or a seat is kept for you|I have found your booking.
key card|a plastic card that opens the door of your hotel room|Put the key card into the slot at the door.
reception|the place where you go first when you come to a hotel|Leave your key at the reception.
lift|a machine that takes you up and down in a building|Take the lift to the third floor.
check-out|the time when you leave your hotel room and pay|Check-out is at eleven.
check-in|the time when you get your room or your seat|Check-in is from two o'clock.
view|what you can see from a window|The room has a view of the sea.
twin room|a room with two beds for one person each|We'd like a twin room.
double room|a room with one big bed for two people|A double room, please.
floor|one level of a building|Our room is on the second floor.
corner|the place where two streets meet|The bank is on the corner.
turning|a street that goes off from the street that you are on|Take the second turning on the left.
crossing|a place where you can walk across a street|Wait at the crossing.
platform|the place in a station where you get on the train|The train leaves from platform two.
stop|the place where a bus or a tram stops for you|Get off at the next stop.
straight on|without going left or right|Go straight on for two minutes.
block|the distance from one street to the next|It is two blocks from here.
ticket|the paper that shows that you have paid for a journey|I bought a ticket to York.
single|a ticket to a place, but not back|A single to London, please.
return|a ticket to a place and back|A return to London, please.
discount|an amount that you pay less than the usual price|Students get a discount of ten per cent.
voucher|a piece of paper that you can pay with instead of money|I have a voucher for dinner.
receipt|the paper that shows what you have paid|Keep the receipt.
size|how big or small clothes are|I need a bigger size.
fitting room|the small room in a shop where you try clothes on|The fitting room is over there.
till|the place in a shop where you pay|You can pay at the till.
cash|money in notes and coins|I'd like to pay in cash.
change|the money that you get back when you pay too much|Here is your change.
refund|the money that a shop gives back to you|I'd like a refund.
sale|a time when things in a shop cost less|I bought it in the sale.
prescription|the paper from the doctor that you take to the pharmacy|Here is your prescription.
sick note|a paper from the doctor that says that you can't work|I need a sick note for my boss.
tablet|a small hard piece of medicine that you swallow|Take one tablet after meals.
temperature|how hot your body is; a high one is a fever|He has a temperature of 39.
surgery|the rooms where a doctor works; also an operation|The surgery opens at nine.
appointment|a time that you have agreed on with somebody|I have an appointment at ten.
hold on|to wait a short time on the phone|Hold on, please, I'll look.
put through|to connect somebody on the phone|I'll put you through to Sam.
luggage|your bags and suitcases on a journey|I have only a little luggage.
boarding pass|the card that you show to get on a plane|Show your boarding pass at the gate.
gate|the door in an airport where you get on the plane|Our plane leaves from gate five.
customs|the place where they look at what you bring into a country|We had to wait at customs.
connection|the second train or plane that you change to|I missed my connection.
strength|something that you are good at|Patience is one of my strengths.
weakness|something that you are not good at|My weakness is numbers.
shift|the hours that one group works before the next one comes|I have the early shift this week.
position|a job in a company|She applied for the position.
background|what you have learnt and where you have worked|Tell me about your background.
benefits|what a job gives you besides the money|One of the benefits is a free lunch.
host|the person who gives a party|Our host is in the kitchen.
"""
_WORDS = {
    word: (meaning, example) for word, meaning, example in (line.split("|") for line in _ALL.strip().splitlines())
}
_LATELY = 8


def meaning(word: str, history: list[ChatTurn]) -> str | None:
    """What a word means in the scene that is, or was just, played; None outside of scenes and for other words."""
    lately = [turn.content for turn in history if turn.role == "assistant"][-_LATELY:]
    if stage.running(history) is None and not any(stage.ends(text) for text in lately):
        return None
    return of(word)


def of(word: str) -> str | None:
    """What a word means in scenes; None for a word that has no sense of its own there."""
    low = " ".join(word.lower().split()).removeprefix("a ").removeprefix("the ").removeprefix("to ")
    named = next((one for one in (low, low.removesuffix("s"), low.replace(" ", "-")) if one in _WORDS), None)
    if named is None:
        return None
    told, example = _WORDS[named]
    return f"“{low.capitalize()}” here means {told}. For example: {example}"


def within(text: str) -> str | None:
    """What the first scene word in a line means, in one short sentence."""
    low = text.lower()
    found = [word for word in _WORDS if word in low and len(word) > 4]
    return f"“{found[0].capitalize()}” means {_WORDS[found[0]][0]}." if found else None
