//! What a drawn room picture shows, said for those who do not see it.

texts! {
    single: "Drawing of a room with one single bed by the window" | "手绘：窗边一张单人床的客房";
    double: "Drawing of a room with a double bed and a view of the sea" | "手绘：可望见大海的双人床客房";
    family: "Drawing of a room with a large bed, a small bed and a toy boat" | "手绘：一大床、一小床，还有玩具小船的家庭房";
    suite: "Drawing of a suite with a sofa, a tall window and a bed behind" | "手绘：有沙发、落地窗与里间床铺的套房";
    standard: "Drawing of a room with two beds and a lamp between them" | "手绘：两张床之间亮着台灯的客房";
    lake: "Drawing of a room whose round window looks on a lake and hills" | "手绘：圆窗外是湖水与远山的客房";
    courtyard: "Drawing of a courtyard house with a maple tree and a stone table" | "手绘：有枫树与石桌的小院";
    room: "Drawing of a hotel room with a bed and a lamp" | "手绘：有床与台灯的客房";
}
