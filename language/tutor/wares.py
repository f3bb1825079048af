"""What a place in a scene can have though no table names it: what it sells, what is near it, what stands in it."""

# ruff: noqa: E501 - lists of words

from language.lexicon.listed import listed
from language.tagging import lemmas

_SOLD = {
    "restaurant": listed(
        """
        apple bacon banana bean biscuit broccoli brownie cabbage cake carrot cheese cheesecake cherry chip chips chocolate
        cider cocktail cocoa cream croissant cucumber dish drink duck dumpling egg fruit garlic ham herb honey hummus jam
        ketchup lamb lemon liqueur meatball meat melon milk milkshake mineral muffin mushroom mussel mustard oil olive
        omelette onion orange oyster pancake pasta pea peach pear pepper pie pineapple pork potato prawn pudding pumpkin
        ravioli rice roll rum salmon salt sandwich sausage seafood shrimp side smoothie snack soda sorbet spinach spirit
        spoon squid starter strawberry sugar sushi syrup tart tiramisu toast tofu tomato tuna turkey vegetable vinegar vodka
        waffle whisky yoghurt yogurt chair cushion fork glass knife napkin ashtray candle straw
        """
    ),
    "shopping": listed(
        """
        adapter alarm apron backpack bag ball basket battery bed belt bicycle bike blanket blazer blouse book bottle bowl box
        bra bracelet brush bulb camera candle cap card cardigan carpet chair charger clock cloth clothes coat computer
        costume cup curtain cushion dress dressing earring fan flower fork frame game glass glasses glove gloves hammer
        handbag handkerchief hat headphone headphones helmet hoodie jacket jeans jersey jewellery jumper kettle knife ladder
        lamp laptop leggings lipstick magazine mattress mirror mug necklace notebook paper pan pants parasol pen pencil
        perfume phone pillow plate pot poster printer puzzle purse pyjamas radio raincoat ring rucksack sandal scarf scissors
        shampoo sheet shelf shirt shoelace shorts skirt sleeper slipper soap sock sofa speaker spoon stamp suit suitcase
        sunglasses sunscreen sweater sweatshirt swimsuit t-shirt table tablet teapot tent tie tights tool toothbrush towel
        toy tracksuit trousers umbrella underwear uniform vase vest wallet watch zip
        """
    ),
}
_NEAR = listed(
    """
    bakery bar beach bookshop bridge butcher cafe café castle cathedral cemetery cinema club clinic dentist disco fountain
    gallery garage garden greengrocer gym hairdresser hostel kiosk lake laundrette library mall market monument mosque
    museum newsagent nightclub office park playground pond pool port post pub river school shop sight square stadium
    station statue synagogue temple theatre tower university zoo
    """
)
_INSIDE = listed(
    """
    cafeteria cloakroom computer copier corridor desk door entrance exit fountain garden hall hallway kitchen library
    locker lounge machine microwave office photocopier playroom printer reception room safe shop socket stairs staircase
    telephone terrace vending
    """
)
_PRICED = {"hotel": listed("breakfast minibar room suite ticket tour trip massage bike bicycle drink snack"), "school": listed("book course lesson exam test workbook dictionary class trip excursion"), "directions": listed("ticket bus taxi tram trip tour entrance map")}  # fmt: skip


def sells(scene: str, thing: str) -> bool:
    """Whether a restaurant or a shop can have it; `thing` as the learner names it, the last word being what it is."""
    return _is(thing, _SOLD.get(scene, frozenset()))


def costs(scene: str, thing: str) -> bool:
    """Whether it can have a price there."""
    return sells(scene, thing) or _is(thing, _PRICED.get(scene, frozenset()))


def is_near(thing: str) -> bool:
    """Whether it can be in a street of a town."""
    return _is(thing, _NEAR)


def is_inside(scene: str, thing: str) -> bool:
    """Whether it can stand in a house or a shop of a scene."""
    return _is(thing, _INSIDE) or (scene == "directions" and is_near(thing)) or sells(scene, thing)


def _is(thing: str, listed_: frozenset[str]) -> bool:
    last = thing.split()[-1]
    return last in listed_ or lemmas.singular(last) in listed_
